// SPDX-License-Identifier: GPL-2.0
/* What one would take instead of a hook: an eBPF program on a kprobe, which counts in a map. */
#include "probe.h"

#include <asm/unistd.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>

#define FUNCTION "__x64_sys_getppid"
#define SETTLED	 500 /* ms, until the kernel has made the kprobe as cheap as it can */

static long map;

static long bpf(int command, union bpf_attr *attributes)
{
	return probe_syscall(__NR_bpf, command, (long)attributes, sizeof(*attributes), 0, 0, 0);
}

static void make_map(void)
{
	union bpf_attr attributes = {
		.map_type = BPF_MAP_TYPE_ARRAY,
		.key_size = sizeof(uint32_t),
		.value_size = sizeof(uint64_t),
		.max_entries = 1,
	};

	map = bpf(BPF_MAP_CREATE, &attributes);
	if (map < 0)
		probe_fail(1, "cannot make", " a map");
}

/* Adds one to the map's only element, atomically. */
static long load_program(void)
{
	const struct bpf_insn program[] = {
		{.code = BPF_ST | BPF_MEM | BPF_W, .dst_reg = BPF_REG_10, .off = -4, .imm = 0},
		{.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_2, .src_reg = BPF_REG_10},
		{.code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = BPF_REG_2, .imm = -4},
		{.code = BPF_LD | BPF_IMM | BPF_DW,
		 .dst_reg = BPF_REG_1,
		 .src_reg = BPF_PSEUDO_MAP_FD,
		 .imm = (int)map},
		{0},
		{.code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_map_lookup_elem},
		{.code = BPF_JMP | BPF_JEQ | BPF_K, .dst_reg = BPF_REG_0, .off = 2, .imm = 0},
		{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_1, .imm = 1},
		{.code = BPF_STX | BPF_ATOMIC | BPF_DW,
		 .dst_reg = BPF_REG_0,
		 .src_reg = BPF_REG_1,
		 .imm = BPF_ADD},
		{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0, .imm = 0},
		{.code = BPF_JMP | BPF_EXIT},
	};
	union bpf_attr attributes = {
		.prog_type = BPF_PROG_TYPE_KPROBE,
		.insn_cnt = sizeof(program) / sizeof(program[0]),
		.insns = (uint64_t)program,
		.license = (uint64_t) "GPL",
	};
	long loaded = bpf(BPF_PROG_LOAD, &attributes);

	if (loaded < 0)
		probe_fail(1, "cannot load", " the eBPF program");
	return loaded;
}

/* perf's number for kprobes, which the kernel gives when it boots. */
static uint32_t kprobe_type(void)
{
	char text[16] = {0};
	uint32_t type = 0;
	long file =
		probe_syscall(__NR_open, (long)"/sys/bus/event_source/devices/kprobe/type", 0, 0, 0, 0, 0);

	if (probe_syscall(__NR_read, file, (long)text, sizeof(text) - 1, 0, 0, 0) <= 0)
		probe_fail(1, "perf knows no", " kprobes");
	for (const char *at = text; *at >= '0' && *at <= '9'; at++)
		type = type * 10 + (uint32_t)(*at - '0');
	return type;
}

void probe_bpf_begin(void)
{
	struct perf_event_attr attributes = {
		.type = kprobe_type(),
		.size = sizeof(attributes),
		.kprobe_func = (uint64_t)FUNCTION,
	};
	long event, program;

	make_map();
	program = load_program();
	event = probe_syscall(__NR_perf_event_open, (long)&attributes, -1, (long)probe_core(), -1, 0, 0);
	if (event < 0 || probe_syscall(__NR_ioctl, event, PERF_EVENT_IOC_SET_BPF, program, 0, 0, 0) ||
	    probe_syscall(__NR_ioctl, event, PERF_EVENT_IOC_ENABLE, 0, 0, 0, 0))
		probe_fail(1, "cannot attach to ", FUNCTION);
	probe_sleep(SETTLED);
}

void probe_bpf_check(uint64_t times)
{
	uint32_t key = 0;
	uint64_t value = 0;
	union bpf_attr attributes = {
		.map_fd = (uint32_t)map,
		.key = (uint64_t)&key,
		.value = (uint64_t)&value,
	};

	if (bpf(BPF_MAP_LOOKUP_ELEM, &attributes) || value < times)
		probe_fail(1, "the eBPF program has not counted", " all");
}
