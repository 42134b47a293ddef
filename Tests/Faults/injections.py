"""What can go wrong at a call, by the call's name in the shim, and which calls of a run are chosen for it."""

import errno
import signal
from dataclasses import dataclass

FULL = (errno.ENOSPC, errno.EDQUOT)
# The errors of each call on a disk that is full, broken, or somebody else's.
ERRORS = {
    "write": (*FULL, errno.EIO), "pwrite": (*FULL, errno.EIO), "writev": (*FULL, errno.EIO), "fwrite": (errno.ENOSPC,),
    "fsync": (errno.EIO, *FULL), "fdatasync": (errno.EIO, *FULL), "ftruncate": (errno.EIO, errno.ENOSPC),
    "close": (errno.EIO, errno.EDQUOT), "fclose": (errno.ENOSPC,),
    "create": (*FULL, errno.EACCES, errno.EIO, errno.EMFILE), "fcreate": (errno.ENOSPC, errno.EACCES),
    "openw": (errno.EACCES, errno.EROFS, errno.EIO), "mkdir": (*FULL, errno.EACCES, errno.EIO),
    "symlink": (*FULL, errno.EACCES), "rename": (errno.EACCES, errno.ENOSPC, errno.EIO, errno.EINVAL),
    "unlink": (errno.EACCES, errno.EIO), "rmdir": (errno.EACCES, errno.EIO), "fchmod": (errno.EPERM, errno.EIO),
    "read": (errno.EIO,), "pread": (errno.EIO,), "readv": (errno.EIO,), "open": (errno.EACCES, errno.EIO, errno.EMFILE),
    "fopen": (errno.EACCES,), "opendir": (errno.EACCES, errno.EIO), "stat": (errno.EACCES, errno.EIO),
    "fstat": (errno.EIO,), "say": (errno.ENOSPC, errno.EPIPE), "flock": (errno.EIO, errno.ENOLCK),
}
SHORT = ("say", "write", "pwrite", "read", "pread")
INTERRUPTED = ("say", "write", "pwrite", "read", "pread", "create", "open", "openw", "close", "fsync", "flock", "ftruncate")
# The calls that a disk refuses once it is full, and those that a broken one refuses.
FILLS = ("write", "pwrite", "writev", "fwrite", "create", "fcreate", "mkdir", "ftruncate", "symlink", "fsync", "fclose")
BREAKS = (*FILLS, "rename", "unlink", "rmdir", "read", "pread", "open", "opendir", "fdatasync", "stat", "fstat", "close")
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
# How long, in milliseconds, a busy machine may take to give the thread that waits for signals its turn.
PAUSE = 40
# Where one of these fails, a folder that is no longer needed may stay; the next run removes it.
REMOVING = ("unlink", "rmdir", "opendir", "stat")


@dataclass(frozen=True)
class Injection:
    """The call with a number, and what it meets."""

    call: int
    name: str
    path: str
    how: str
    number: int = 0
    names: tuple = ()
    # How long to wait after a signal, in milliseconds, since another thread takes notice of it.
    pause: int = 0

    @property
    def shim(self):
        words = {"at": self.call, "how": self.how, "number": self.number, "pause": self.pause}
        return words | ({"names": ":" + ":".join(self.names) + ":"} if self.names else {})

    @property
    def is_kill(self):
        return self.how == "signal" and self.number == signal.SIGKILL

    @property
    def is_stop(self):
        return self.how == "signal" and not self.is_kill

    def __str__(self):
        what = (
            signal.Signals(self.number).name if self.how == "signal"
            else "half of it" if self.how == "short"
            else errno.errorcode[self.number] + (" and on" if self.how == "lasting" else "")
        )
        return f"call {self.call}, {self.name} {self.path}: {what}"


# At each of these a fault was once found, or would be if its defence were removed: they are tried whatever the share.
# A sort, a call, a part of its path, and which of several calls (the first where none is given).
FOUND = (
    ("errors", "fwrite", "tmp/"), ("errors", "stat", "Rules/packs"), ("errors", "stat", "state/ledger.sqlite"),
    ("errors", "stat", "state/waivers.csv"), ("errors", "stat", "lists/whole/teams"),
    ("errors", "opendir", "lists/whole/teams"), ("errors", "open", "lists/whole/run.json"),
    ("broken", "opendir", "lists/.2016-01-08.partial"), ("broken", "fsync", "outbox/waiting"),
    ("killed", "unlink", "/rules/written-up.html"), ("killed", "fwrite", "tmp/"), ("killed", "rename", "latest.partial"),
    ("errors", "pwrite", "state/ledger.sqlite-wal", -1), ("stopped there", "unlink", "state/ledger.sqlite-wal"),
    ("stopped there", "fsync", "outbox/waiting/."),
    ("killed", "rename", "outbox/sent"), ("interrupted", "pread", "state/ledger.sqlite"),
    ("stopped", "open", "casecheck.yaml"), ("stopped", "read", "state/waivers.csv"), ("stopped", "flock", "ledger.sqlite.lock"),
)


def plan(calls, share):
    """All injections for the calls of an undisturbed run, which are (number, name, path); or an even share of each sort.

    A C FILE is written in so many small pieces that only every fortieth of them is taken.
    """
    pieces = [call for call in calls if call[1] == "fwrite"]
    calls = [call for call in calls if call[1] != "fwrite"] + pieces[::40]
    sorts = {
        "errors": [Injection(*call, "error", number) for call in calls for number in ERRORS[call[1]]],
        "short": [Injection(*call, "short") for call in calls if call[1] in SHORT],
        "interrupted": [Injection(*call, "error", errno.EINTR) for call in calls if call[1] in INTERRUPTED],
        "full": [Injection(*call, "lasting", errno.ENOSPC, FILLS) for call in calls if call[1] in FILLS],
        "broken": [Injection(*call, "lasting", errno.EIO, BREAKS) for call in calls if call[1] in BREAKS],
        "stopped": [Injection(*call, "signal", STOPS[place % 3]) for place, call in enumerate(calls)],
        "stopped there": [
            Injection(*call, "signal", STOPS[place % 3], pause=PAUSE) for place, call in enumerate(calls)],
        "killed": [Injection(*call, "signal", signal.SIGKILL) for call in calls],
    }
    return {sort: chosen(sort, found, share) for sort, found in sorts.items()}


def chosen(sort, found, share):
    """An even share, and those of FOUND."""
    known = []
    for of_sort, name, part, *which in FOUND:
        if of_sort == sort:
            at = [injection for injection in found if injection.name == name and part in injection.path]
            place, = which or [0]
            known += at[place:place + 1 or None]
    return list(dict.fromkeys([*evenly(found, share), *known]))


def evenly(found, count):
    """`count` items of a list, spread evenly over it; all of them where `count` is None."""
    if count is None or count >= len(found):
        return found
    return [found[(2 * place + 1) * len(found) // (2 * count)] for place in range(count)]
