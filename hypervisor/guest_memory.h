/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The guest's memory from host mode: page walks that fail softly, and copies
 * that survive a direct map with holes.
 */
#ifndef HYPERVISOR_GUEST_MEMORY_H
#define HYPERVISOR_GUEST_MEMORY_H

#include "hypervisor/vcpu.h"

/* What a walk found. */
struct guest_page {
	uint64_t physical; /* of the address asked for */
	uint64_t bytes; /* from there to the end of the (4 KiB, 2 MiB, 1 GiB) page */
	bool writable, user, executable;
};

/* Walks the page tables of `cr3`: 0 or -HD_E_BAD_ADDRESS. */
int guest_walk(struct vcpu *vcpu, uint64_t cr3, uint64_t address, struct guest_page *page);
/* In the core's present address space. */
int guest_translate(struct vcpu *vcpu, uint64_t address, struct guest_page *page);

/* Virtual memory in the core's present address space: bytes copied, less than size at the first that cannot be. */
size_t guest_read(struct vcpu *vcpu, uint64_t address, void *to, size_t size);
/* A page that the guest maps read-only: kernel pages are written all the same, a process' are not (they may be shared files). */
size_t guest_write(struct vcpu *vcpu, uint64_t address, const void *from, size_t size);
/* Likewise with the page tables of cr3. */
size_t guest_read_at(struct vcpu *vcpu, uint64_t cr3, uint64_t address, void *to, size_t size);
size_t guest_write_at(struct vcpu *vcpu, uint64_t cr3, uint64_t address, const void *from, size_t size);
size_t physical_read(uint64_t address, void *to, size_t size);
size_t physical_write(uint64_t address, const void *from, size_t size);

/* Instruction bytes at CS:rip: how many could be read. */
size_t guest_fetch(struct vcpu *vcpu, uint64_t rip, uint8_t *to, size_t size);

#endif
