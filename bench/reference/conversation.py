"""The other end of the conversation with bench/java/…/Side.java: words on standard input, JSON after a mark on standard output."""
import json
import resource
import sys
import time


def say(**fields):
    print("@bench " + json.dumps(fields), flush=True)


def peak_megabytes():
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def timed(work):
    """Milliseconds of one call."""
    start = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - start) / 1e6


def converse(tasks, warm_up, results, note=""):
    """Answers until the end.

    tasks: name -> function that does the measured work once
    warm_up: name -> function that does the same, or a shorter form of it, before anything is measured
    results: function -> name -> list of numbers by which the two sides are compared
    """
    say(event="loaded")
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "warm":
            say(event="warm", milliseconds=timed(warm_up[rest[0]]), note=note() if callable(note) else note)
        elif word == "go":
            say(event="times", milliseconds=[timed(tasks[rest[0]]) for _ in range(int(rest[1]))])
        else:
            break
    say(event="end", results=results(), peakMegabytes=peak_megabytes())
