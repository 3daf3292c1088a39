-- Posts a comment of its own with every request, and prints the 95th percentile in microseconds.
local target, form, story, thread_number = "", "", "", 0
function setup(thread) thread:set("number", thread_number); thread_number = thread_number + 1 end
function init(args)
  target, form, sent = args[1], args[2], 0
  wrk.method = "POST"
  if form == "isso" then wrk.headers["Content-Type"] = "application/json"
  else wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"; wrk.headers["Accept"] = "application/json" end
end
function request()
  sent = sent + 1
  local text = string.format("Comment %d of writer %d at %d: the wall was measured twice.", sent, number, os.time())
  local body = form == "isso" and '{"text":"' .. text .. '","author":"Ola"}' or "name=Ola&text=" .. text:gsub(" ", "+"):gsub(":", "%%3A")
  return wrk.format(nil, target, nil, body)
end
function response(status) if status ~= 201 then wrong = (wrong or 0) + 1 end end
function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(95), summary.errors.status))
end
