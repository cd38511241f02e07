/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Host mode's own exceptions, and accesses that survive them.
 */
#ifndef HYPERVISOR_HOST_TRAPS_H
#define HYPERVISOR_HOST_TRAPS_H

#include <hyperdbg/types.h>

/* Builds the host's IDT; once, at load. */
void host_traps_init(void);
/* Loads it on this core. */
void host_traps_load(void);

/* host_access.S: see there. 0, or -1 (for host_copy: the bytes not copied) if the access faults. */
size_t host_copy(void *to, const void *from, size_t size);
int host_read64(const void *from, uint64_t *value);
/* host_access.S explains it. */
int host_peek16(uint64_t cr3, uint64_t address);
int host_peek128(uint64_t cr3, uint64_t address, uint64_t bytes[2]);
int host_store_at(uint64_t cr3, uint64_t address, uint64_t value, unsigned int size);
int host_load_at(uint64_t cr3, uint64_t address, uint64_t *value, unsigned int size);
/* What an arithmetic instruction works on beside memory, before it and behind it. */
struct host_arithmetic {
	uint64_t operand, rax, flags;
};
int host_arithmetic_at(uint64_t cr3, uint64_t address, struct host_arithmetic *state, unsigned int place);
int host_rdmsr(uint32_t msr, uint64_t *value);
int host_wrmsr(uint32_t msr, uint64_t value);
int host_atomic_add32(void *at, uint64_t operand, uint64_t *old);
int host_atomic_add64(void *at, uint64_t operand, uint64_t *old);
int host_atomic_exchange32(void *at, uint64_t operand, uint64_t *old);
int host_atomic_exchange64(void *at, uint64_t operand, uint64_t *old);
int host_atomic_compare32(void *at, uint64_t operand, uint64_t *old);
int host_atomic_compare64(void *at, uint64_t operand, uint64_t *old);

/*
 * Forgets the host's own translations on this core. Kernel code that changes
 * mappings runs as the guest and flushes the guest's; ours would go stale.
 */
void host_flush_tlb(void);

/* For what must be told when nothing else works: bytes to the console's port. */
void host_report(const char *text);
void host_report_number(const char *name, uint64_t value);

#endif
