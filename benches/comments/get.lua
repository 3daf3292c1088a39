function init(args) wrk.headers["Accept-Encoding"] = "br, gzip" end
function done(summary, latency)
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(95), summary.errors.status, summary.bytes))
end
