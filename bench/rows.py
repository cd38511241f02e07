# SPDX-License-Identifier: GPL-2.0
"""What is measured: a table, in the order in which it is measured and printed."""
from dataclasses import dataclass
from typing import Optional

LEAF = "40000055"  # one that nobody else executes
OTHER_LEAF = "40000077"
SCRIPT = "script { }"

# The specification's example 2, as written.
EXAMPLE_2 = """!cpuid stage post script {
	if ($context == 1) {
		@ecx = @ecx & ~(1 << 5);
	}
}"""


@dataclass
class Row:
    key: str
    title: str
    command: str  # shell, in the guest; its output has `least=N`
    events: str = ""  # the file `events` of the command
    reads: str = "least"  # or "exits": the row's value is the number of them
    exits: str = ""  # the class of exits, as `status` names it, that there must be as many of as executions
    fires: Optional[bool] = None  # whether the events must, or must not, have fired each time
    bar: Optional[float] = None  # instructions at most
    aim: Optional[float] = None
    at_most_of: Optional[tuple] = None  # (key, factor): the bar is so many times that row
    less: str = ""  # the row of the same without an event, to be subtracted
    beside: str = ""  # the row it is compared with
    beside_less: str = ""  # what is subtracted from that
    beside_name: str = "KVM"
    always: bool = False  # no row: something between them that must be done


def cpuid(key, title, events, leaf=LEAF, **more):
    return Row("cpuid-" + key, "CPUID, " + title, f"with_events events 'cpuid {leaf}'", events, beside="kvm", **more)


def other_events(count, on_same_leaf):
    """So many that do not match: on other leaves, or on the same one but in another process."""
    lines = []
    for i in range(count):
        if i < on_same_leaf:
            lines.append(f"!cpuid {LEAF} pid {0x100000 + i:x} {SCRIPT}")
        else:
            lines.append(f"!cpuid {0x50000000 + i:x} {SCRIPT}")
    return "\n".join(lines)


def cpuid_rows():
    yield Row("kvm", "CPUID, KVM's own exit in the same machine", "modprobe kvm_amd && kvm-cpuid; rmmod kvm_amd kvm 2>/dev/null")
    yield Row("load", "", "insmod /hyperdbg.ko", always=True)
    yield Row(
        "exits",
        "exits of 100,000 CPUID without any event",
        "hyperdbg -e status; probe loop 0n100000 cpuid %s; hyperdbg -e status" % LEAF,
        reads="exits",
        exits="cpuid",
        bar=0,
    )
    yield Row("cpuid-none", "CPUID, no event anywhere", f"probe cost $TIMES cpuid {LEAF}", beside="kvm", bar=1)
    yield cpuid("other", "one event on another leaf", f"!cpuid {OTHER_LEAF} {SCRIPT}", fires=False, bar=250, aim=150)
    yield cpuid("empty-pre", "an empty pre script", f"!cpuid {LEAF} {SCRIPT}", fires=True)
    yield cpuid("example-2", "Example 2, leaf 1", EXAMPLE_2, leaf="1", fires=True, bar=600)
    yield cpuid("example-2-other", "Example 2, another leaf", EXAMPLE_2, fires=True, bar=600)
    yield cpuid("all", "an empty script in pre and post", f"!cpuid {LEAF} stage all {SCRIPT}", fires=True)
    yield cpuid(
        "1000-leaves",
        "1,000 events on other leaves",
        other_events(1000, 0),
        fires=False,
        at_most_of=("cpuid-other", 1.05),
    )
    yield cpuid(
        "1000-mixed",
        "1,000 others, 500 on the leaf with another pid",
        other_events(1000, 500),
        fires=False,
    )


def on_process(key, title, kind, events, exits="nested paging", **more):
    return Row(key, title, f"with_events_on_process events {kind}", events, exits=exits, **more)


def memory_rows():
    nothing = "probe cost $TIMES "
    names = ".sym load /bin/probe\n"
    watch = names + "!monitor w probe!counter l 8 pid @PID@ "
    perf = {"beside": "watched", "beside_name": "perf's watchpoint"}
    yield Row("watched", "a write under perf's hardware watchpoint", nothing + "watched")
    yield on_process("write-pre", "a monitored write, pre", "write", watch + SCRIPT, **perf)
    yield on_process("write-all", "a monitored write, pre and post", "write", watch + "stage all " + SCRIPT, bar=1200, aim=900, **perf)
    yield on_process("increment", "a monitored increment (lock inc), pre and post", "increment", watch.replace(" w ", " rw ") + "stage all " + SCRIPT, **perf)
    yield on_process("write-beside", "a write beside the range, same page", "beside", watch + "stage all " + SCRIPT, **perf)
    yield Row("getppid", "getppid, nothing on it", nothing + "getppid")
    yield Row(
        "kprobe",
        "a kprobe event on it",
        "echo 'p:bench __x64_sys_getppid' >/sys/kernel/tracing/kprobe_events && "
        "echo 1 >/sys/kernel/tracing/events/kprobes/bench/enable && usleep 500000; "
        + nothing
        + "getppid; echo 0 >/sys/kernel/tracing/events/kprobes/bench/enable; echo >/sys/kernel/tracing/kprobe_events",
        less="getppid",
    )
    yield Row("bpf", "an eBPF program on a kprobe of it, counting", nothing + "counted", less="getppid")
    kprobe = {"less": "getppid", "beside": "bpf", "beside_less": "getppid", "beside_name": "the eBPF program", "fires": True}
    for hook in ("epthook", "epthook2"):
        yield Row(hook, f"!{hook} on it", "with_events events getppid", f"!{hook} vmlinux!__x64_sys_getppid {SCRIPT}", **kprobe)
    yield on_process("epthook-user", "!epthook on a program's function", "call", f"{names}!epthook probe!cost_function pid @PID@ {SCRIPT}", exits="exception")
    yield Row("fault", "a page fault, no event", nothing + "fault")
    yield Row("fault-post", "!exception e stage post on it", "with_events events fault", f"!exception e stage post {SCRIPT}", fires=True, less="fault")


def rows():
    return [*cpuid_rows(), *memory_rows()]
