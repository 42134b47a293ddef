"""Runs a command and writes how long it took, its peak memory in bytes and its exit code: measure.py RESULT COMMAND...

This is a small process of its own because Linux counts the memory of the process that starts a command towards the command's peak.
"""

import json
import os
import platform
import subprocess
import sys
import time


def main(result, *command):
    began = time.perf_counter()
    child = subprocess.Popen(command)
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    peak = used.ru_maxrss * (1 if platform.system() == "Darwin" else 1024)
    with open(result, "w", encoding="utf-8") as file:
        json.dump({"seconds": seconds, "peak": peak, "code": os.waitstatus_to_exitcode(status)}, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
