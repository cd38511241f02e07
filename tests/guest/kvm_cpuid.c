// SPDX-License-Identifier: GPL-2.0
/*
 * What one CPUID costs in a guest of KVM's, for comparison: the least of some
 * measurements, by the time stamp counter (in the machine started with --icount
 * it counts instructions). Runs inside the debuggee, needs kvm_amd.
 *
 *   kvm-cpuid      prints least=N (hexadecimal)
 *   kvm-cpuid hold creates the virtual machine, prints `held`, keeps it until it is killed
 */
#include <fcntl.h>
#include <linux/kvm.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#define TIMES	   1000u
#define ROUNDS	   8
#define MAX_LEAVES 256

/* Real mode: ESI times CPUID with leaf 0, or two NOPs instead of it; then HLT. */
static const uint8_t code[] = {
	0x66, 0x31, 0xc0, /* again: xor eax, eax */
	0x0f, 0xa2,	  /* cpuid */
	0x66, 0x4e,	  /* dec esi */
	0x75, 0xf7,	  /* jnz again */
	0xf4,		  /* hlt */
};

#define CPUID_OFFSET 3

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static int call(int file, unsigned long request, void *argument, const char *name)
{
	int result = ioctl(file, request, argument);

	if (result < 0)
		die(name);
	return result;
}

static uint64_t tsc(void)
{
	return __builtin_ia32_rdtsc();
}

/* A processor in real mode at address 0, where `memory` lies. */
static int make_processor(int kvm, uint8_t *memory, struct kvm_run **run)
{
	static struct {
		struct kvm_cpuid2 head;
		struct kvm_cpuid_entry2 entries[MAX_LEAVES];
	} leaves = {.head.nent = MAX_LEAVES};
	struct kvm_userspace_memory_region region = {
		.memory_size = 4096,
		.userspace_addr = (uintptr_t)memory,
	};
	struct kvm_sregs special;
	int machine = call(kvm, KVM_CREATE_VM, NULL, "KVM_CREATE_VM");
	int processor, size;

	call(machine, KVM_SET_USER_MEMORY_REGION, &region, "KVM_SET_USER_MEMORY_REGION");
	processor = call(machine, KVM_CREATE_VCPU, NULL, "KVM_CREATE_VCPU");
	call(kvm, KVM_GET_SUPPORTED_CPUID, &leaves.head, "KVM_GET_SUPPORTED_CPUID");
	call(processor, KVM_SET_CPUID2, &leaves.head, "KVM_SET_CPUID2");
	call(processor, KVM_GET_SREGS, &special, "KVM_GET_SREGS");
	special.cs.base = 0;
	special.cs.selector = 0;
	call(processor, KVM_SET_SREGS, &special, "KVM_SET_SREGS");
	size = call(kvm, KVM_GET_VCPU_MMAP_SIZE, NULL, "KVM_GET_VCPU_MMAP_SIZE");
	*run = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED, processor, 0);
	if (*run == MAP_FAILED)
		die("mmap");
	return processor;
}

static uint64_t time_run(int processor, struct kvm_run *run)
{
	struct kvm_regs registers = {.rsi = TIMES, .rflags = 2};
	uint64_t before;

	call(processor, KVM_SET_REGS, &registers, "KVM_SET_REGS");
	before = tsc();
	call(processor, KVM_RUN, NULL, "KVM_RUN");
	before = tsc() - before;
	if (run->exit_reason != KVM_EXIT_HLT) {
		fprintf(stderr, "err, the guest ended otherwise than by HLT: %u\n", run->exit_reason);
		exit(1);
	}
	return before;
}

static uint64_t least_of_rounds(int processor, struct kvm_run *run)
{
	uint64_t least = UINT64_MAX;

	for (int i = 0; i < ROUNDS; i++) {
		uint64_t one = time_run(processor, run);

		least = one < least ? one : least;
	}
	return least;
}

int main(int argc, char **argv)
{
	int kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	uint8_t *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct kvm_run *run;
	uint64_t with, without;
	int processor;

	if (kvm < 0)
		die("/dev/kvm");
	if (memory == MAP_FAILED)
		die("mmap");
	memcpy(memory, code, sizeof(code));
	processor = make_processor(kvm, memory, &run);
	if (argc > 1 && !strcmp(argv[1], "hold")) {
		puts("held");
		fflush(stdout);
		pause();
		return 0;
	}
	with = least_of_rounds(processor, run);
	memset(memory + CPUID_OFFSET, 0x90, 2);
	without = least_of_rounds(processor, run);
	printf("least=%llx\n", (unsigned long long)((with - without) / TIMES));
	return 0;
}
