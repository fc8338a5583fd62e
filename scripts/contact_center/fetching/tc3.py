"""Tencent Cloud's signature TC3-HMAC-SHA256 of a POST with a JSON body, and Chat's UserSig."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import json
import zlib

ALGORITHM = "TC3-HMAC-SHA256"
CONTENT_TYPE = "application/json; charset=utf-8"


def authorization(
    secret_id: str, secret_key: str, service: str, host: str, payload: bytes, timestamp: int
) -> str:
    """The header Authorization. Signed are content type and host, all that must be."""
    date = datetime.datetime.fromtimestamp(timestamp, datetime.UTC).date().isoformat()
    signed = "content-type;host"
    canonical = "\n".join([
        "POST", "/", "", f"content-type:{CONTENT_TYPE}", f"host:{host}", "", signed,
        hashlib.sha256(payload).hexdigest(),
    ])
    scope = f"{date}/{service}/tc3_request"
    to_sign = "\n".join([
        ALGORITHM, str(timestamp), scope, hashlib.sha256(canonical.encode()).hexdigest(),
    ])
    key = f"TC3{secret_key}".encode()
    for part in (date, service, "tc3_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    return (
        f"{ALGORITHM} Credential={secret_id}/{scope}, SignedHeaders={signed}, Signature={signature}"
    )


def user_signature(
    sdk_app_id: str, secret_key: str, identifier: str, timestamp: int, expires_in: int = 3600
) -> str:
    """Chat's UserSig of an administrator, which Desk's interface is asked with."""
    parts = {
        "TLS.identifier": identifier, "TLS.sdkappid": int(sdk_app_id), "TLS.time": timestamp,
        "TLS.expire": expires_in,
    }
    text = "".join(f"{name}:{value}\n" for name, value in parts.items())
    digest = hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).digest()
    whole = {"TLS.ver": "2.0", **parts, "TLS.sig": base64.b64encode(digest).decode()}
    packed = base64.b64encode(zlib.compress(json.dumps(whole).encode())).decode()
    return packed.replace("+", "*").replace("/", "-").replace("=", "_")
