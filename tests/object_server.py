"""S3 on loopback for the tests: moto's server, and a way to it that can be cut."""

import os
import re
import socket
import subprocess
import sys
from threading import Thread

_SERVE = """
import logging
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
print(*server.get_host_and_port(), sep=":", flush=True)
server._thread.join()
"""
_REGION = "us-east-1"
SECRET = "top-secret"  # noqa: S105  nobody's


class ObjectServer:
    """moto in a process of its own; `environment` leads a command to it."""

    def __init__(self):
        command = [sys.executable, "-c", _SERVE]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("AWS_")},
            "AWS_ENDPOINT_URL": f"http://{self.address}",
            "AWS_ACCESS_KEY_ID": "me",
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_DEFAULT_REGION": _REGION,
            "AWS_MAX_ATTEMPTS": "1",
        }
        self.buckets = 0

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Bucket:
    """A new bucket, seen past etl."""

    def __init__(self, server):
        import boto3  # noqa: PLC0415  comes with moto

        server.buckets += 1
        self.server, self.name = server, f"news-{server.buckets}"
        self.url, self.environment = f"s3://{self.name}", server.environment
        self.client = boto3.client(
            "s3",
            endpoint_url=f"http://{server.address}",
            region_name=_REGION,
            aws_access_key_id="me",
            aws_secret_access_key=SECRET,
        )
        self.client.create_bucket(Bucket=self.name)

    def put(self, objects):
        for key, data in objects.items():
            self.client.put_object(Bucket=self.name, Key=key, Body=data)

    def delete(self, key):
        self.client.delete_object(Bucket=self.name, Key=key)

    def read(self, prefix=""):
        """Every object: key → bytes."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        keys = [item["Key"] for page in pages for item in page.get("Contents", ())]
        return {key: self._read(key) for key in keys if key.startswith(prefix)}

    def _read(self, key):
        return self.client.get_object(Bucket=self.name, Key=key)["Body"].read()


class Cut:
    """A way to the server that breaks for good before its `last`th object is written."""

    def __init__(self, server, last):
        self.left, self.open = last, []
        self.target = server.address.split(":")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.environment = server.environment | {
            "AWS_ENDPOINT_URL": "http://{}:{}".format(*self.listener.getsockname())
        }
        Thread(target=self._accept, daemon=True).start()

    def close(self):
        for end in [self.listener, *self.open]:
            end.close()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(self.target)
            self.open += near, far
            Thread(target=self._pass_on, args=(near, far, self._count), daemon=True).start()
            Thread(target=self._pass_on, args=(far, near, bool), daemon=True).start()

    def _pass_on(self, near, far, look):
        try:
            while data := near.recv(1 << 16):
                look(data)
                far.sendall(data)
        except OSError:
            return

    def _count(self, data):
        self.left -= len(re.findall(rb"^PUT /", data, re.MULTILINE))
        if self.left <= 0:
            for end in [self.listener, *self.open]:
                end.shutdown(socket.SHUT_RDWR)
            self.close()
            raise OSError
