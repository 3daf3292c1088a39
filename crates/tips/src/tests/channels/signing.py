"""Signs requests with the provider's own library and sends them to a server of ours: usage ADDRESS PUBLIC TOKEN PROVIDER."""

import hashlib
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as xml

from twilio.request_validator import RequestValidator

address, public, token, provider = sys.argv[1:5]
account = "AC0123456789abcdef0123456789abcdef"
validator = RequestValidator(token)


class Repeated(dict):
    """Parameters of which one comes twice, as a web framework hands them to the library."""

    def getlist(self, name):
        value = self[name]
        return value if isinstance(value, list) else [value]


def send(path, params, url=None, signature=None, body=None, kind="application/x-www-form-urlencoded"):
    url = url or public + path
    signed = validator.compute_signature(url, Repeated(params) if body is None else {})
    data = urllib.parse.urlencode(params, doseq=True).encode() if body is None else body
    request = urllib.request.Request(address + path, data=data, method="POST")
    request.add_header("Content-Type", kind)
    request.add_header("X-Twilio-Signature", signature or signed)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def text(sid, **more):
    return {"AccountSid": account, "MessageSid": sid, "From": "+15550142", "To": "+15550100", "NumMedia": "0", **more}


checks = {}
words = "It leans: 10 % & more; \u00fc \U0001f9f1 +=\n"
checks["message"] = send("/tip/sms", text("SM01", Body=words))[0] == 200
checks["replay"] = send("/tip/sms", text("SM01", Body=words))[0] == 200
checks["without port"] = send("/tip/sms", text("SM02", Body="a"), url=public.replace(":8443", "") + "/tip/sms")[0] == 200
checks["query"] = send("/tip/sms?desk=city&x=%2F", text("SM03", Body="b"))[0] == 200
checks["repeated"] = send("/tip/sms", text("SM04", Body=["one", "two", "one"]))[0] == 200
checks["empty values"] = send("/tip/sms", text("SM05", Body="c", FromCity="", FromZip=""))[0] == 200
checks["tampered"] = send("/tip/sms", text("SM06", Body="d"), signature=validator.compute_signature(public + "/tip/sms", text("SM06", Body="e")))[0] == 403
checks["another secret"] = send("/tip/sms", text("SM07"), signature=RequestValidator("other").compute_signature(public + "/tip/sms", text("SM07")))[0] == 403
checks["another host"] = send("/tip/sms", text("SM08"), signature=validator.compute_signature(address + "/tip/sms", text("SM08")))[0] == 403

body = json.dumps(text("SM09", Body="as JSON")).encode()
hashed = "/tip/sms?bodySHA256=" + hashlib.sha256(body).hexdigest()
checks["JSON"] = send(hashed, {}, body=body, kind="application/json")[0] == 200
checks["JSON tampered"] = send(hashed, {}, body=body.replace(b"JSON", b"JS0N"), kind="application/json")[0] == 403

call = {"AccountSid": account, "CallSid": "CA01", "From": "+15550142", "To": "+15550100", "CallStatus": "ringing", "Direction": "inbound"}
status, answer = send("/tip/voice", call)
document = xml.fromstring(answer.split("?>", 1)[-1])
record = document.find("Record")
checks["call"] = status == 200 and [part.tag for part in document] == ["Say", "Record", "Say", "Hangup"]
checks["call back"] = record.get("recordingStatusCallback") == public + "/tip/voice/recording"
recording = {
    "AccountSid": account,
    "CallSid": "CA01",
    "RecordingSid": "RE01",
    "RecordingStatus": "completed",
    "RecordingDuration": "7",
    "RecordingUrl": provider + "/2010-04-01/Accounts/" + account + "/Recordings/RE01",
    "RecordingSource": "RecordVerb",
}
checks["recording"] = send("/tip/voice/recording", recording)[0] == 204
checks["recording again"] = send("/tip/voice/recording", recording)[0] == 204
checks["status"] = send("/tip/voice/status", {**call, "CallStatus": "completed", "CallDuration": "31"})[0] == 204
checks["end"] = "Hangup" in send("/tip/voice/end", {**call, "RecordingUrl": recording["RecordingUrl"]})[1]

print("\n".join(name for name, good in checks.items() if not good) or f"all {len(checks)}")
