// SPDX-License-Identifier: GPL-2.0
#include "hypervisor/guest_memory.h"
#include "hypervisor/host_traps.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/processor.h"

#define PAGE_BYTES 4096ull
#define ENTRY_PRESENT (1ull << 0)
#define ENTRY_WRITABLE (1ull << 1)
#define ENTRY_USER (1ull << 2)
#define ENTRY_LARGE (1ull << 7)
#define ENTRY_NO_EXECUTE (1ull << 63)
#define ENTRY_ADDRESS 0x000ffffffffff000ull

#define CR4_LA57 (1ull << 12)

int guest_walk(struct vcpu *vcpu, uint64_t cr3, uint64_t address, struct guest_page *page)
{
	uint64_t table = cr3 & ENTRY_ADDRESS, entry, rights = ENTRY_WRITABLE | ENTRY_USER, no_execute = 0;
	uint64_t cr4 = 0;
	int level;

	vendor->read_register(vcpu, HD_REG_CR4, &cr4);
	for (level = cr4 & CR4_LA57 ? 4 : 3; level >= 0; level--) {
		unsigned int shift = 12 + 9 * (unsigned int)level;
		const uint64_t *entries = kernel_direct(table);

		if (!entries || host_read64(entries + (address >> shift & 511), &entry) ||
		    !(entry & ENTRY_PRESENT))
			return -HD_E_BAD_ADDRESS;
		rights &= entry;
		no_execute |= entry & ENTRY_NO_EXECUTE;
		if (!level || (level <= 2 && entry & ENTRY_LARGE)) {
			uint64_t offset = address & ((1ull << shift) - 1);

			page->physical = (entry & ENTRY_ADDRESS & ~((1ull << shift) - 1)) + offset;
			page->bytes = (1ull << shift) - offset;
			page->writable = rights & ENTRY_WRITABLE;
			page->user = rights & ENTRY_USER;
			page->executable = !no_execute;
			return 0;
		}
		table = entry & ENTRY_ADDRESS;
	}
	return -HD_E_BAD_ADDRESS;
}

static uint64_t current_cr3(struct vcpu *vcpu)
{
	uint64_t cr3 = 0;

	vendor->read_register(vcpu, HD_REG_CR3, &cr3);
	return cr3;
}

int guest_translate(struct vcpu *vcpu, uint64_t address, struct guest_page *page)
{
	if (!address_is_canonical(address))
		return -HD_E_BAD_ADDRESS;
	return guest_walk(vcpu, current_cr3(vcpu), address, page);
}

/* Copies within pages of the direct map; the kernel may have unmapped some of them (set_memory_np). */
static size_t copy_physical(uint64_t physical, void *buffer, size_t size, bool write)
{
	size_t done = 0;

	while (done < size) {
		size_t chunk = PAGE_BYTES - ((physical + done) & (PAGE_BYTES - 1)), left;
		uint8_t *direct = kernel_direct(physical + done);

		if (!direct)
			break;
		if (chunk > size - done)
			chunk = size - done;
		if (write)
			left = host_copy(direct, (uint8_t *)buffer + done, chunk);
		else
			left = host_copy((uint8_t *)buffer + done, direct, chunk);
		done += chunk - left;
		if (left)
			break;
	}
	return done;
}

size_t physical_read(uint64_t address, void *to, size_t size)
{
	return copy_physical(address, to, size, false);
}

size_t physical_write(uint64_t address, const void *from, size_t size)
{
	uint64_t cr0 = processor_read_cr0();
	size_t done;

	/* The direct map keeps the kernel's text read-only too. */
	processor_write_cr0(cr0 & ~CR0_WP);
	done = copy_physical(address, (void *)from, size, true);
	processor_write_cr0(cr0);
	return done;
}

static size_t copy_virtual(struct vcpu *vcpu, uint64_t cr3, uint64_t address, void *buffer, size_t size, bool write)
{
	size_t done = 0;

	while (done < size) {
		struct guest_page page;
		size_t chunk = size - done, moved;

		if (!address_is_canonical(address + done) || guest_walk(vcpu, cr3, address + done, &page))
			break;
		if (write && page.user && !page.writable)
			break;
		if (chunk > page.bytes)
			chunk = (size_t)page.bytes;
		if (write)
			moved = physical_write(page.physical, (uint8_t *)buffer + done, chunk);
		else
			moved = physical_read(page.physical, (uint8_t *)buffer + done, chunk);
		done += moved;
		if (moved < chunk)
			break;
	}
	return done;
}

size_t guest_read(struct vcpu *vcpu, uint64_t address, void *to, size_t size)
{
	return copy_virtual(vcpu, current_cr3(vcpu), address, to, size, false);
}

size_t guest_write(struct vcpu *vcpu, uint64_t address, const void *from, size_t size)
{
	return copy_virtual(vcpu, current_cr3(vcpu), address, (void *)from, size, true);
}

size_t guest_read_at(struct vcpu *vcpu, uint64_t cr3, uint64_t address, void *to, size_t size)
{
	return copy_virtual(vcpu, cr3, address, to, size, false);
}

size_t guest_write_at(struct vcpu *vcpu, uint64_t cr3, uint64_t address, const void *from, size_t size)
{
	return copy_virtual(vcpu, cr3, address, (void *)from, size, true);
}

/* CS has a base of its own only outside 64-bit mode, where Linux keeps it 0. */
size_t guest_fetch(struct vcpu *vcpu, uint64_t rip, uint8_t *to, size_t size)
{
	return guest_read(vcpu, rip, to, size);
}
