"""Runs a command and writes how long it took, its peak memory in bytes and how it ended: measure.py RESULT COMMAND...

A process of its own, and a small one: Linux counts to a command's peak what the process that started it held at that moment.
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
