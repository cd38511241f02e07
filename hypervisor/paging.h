/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Page tables of guest-physical memory (NPT, EPT): an identity map in the
 * largest pages there are, split into 4 KiB where something is watched.
 *
 * One set per core, so that a page can be opened for one core alone. Tables
 * come from a pool that is filled beforehand: nothing here allocates.
 */
#ifndef HYPERVISOR_PAGING_H
#define HYPERVISOR_PAGING_H

#include <hyperdbg/error.h>
#include <hyperdbg/event.h>
#include <hyperdbg/types.h>

#define PAGING_BYTES 4096ull
#define PAGING_ALL (HD_ACCESS_READ | HD_ACCESS_WRITE | HD_ACCESS_EXECUTE)

/* How a vendor writes an entry. `access` are enum hd_access bits, level 0 is 4 KiB. */
struct paging_format {
	uint64_t (*leaf)(uint64_t physical, unsigned int access, unsigned int level);
	uint64_t (*table)(uint64_t physical);
	uint64_t large; /* the bit that makes an entry above 4 KiB a leaf */
	unsigned int (*access)(uint64_t leaf);
};

struct paging {
	const struct paging_format *format;
	uint64_t *root; /* NULL: not set up */
	unsigned int levels; /* 4 or 5 */
	bool has_1g;
	uint64_t *free; /* linked through their first words */
	uint32_t free_count;
	uint32_t size; /* tables, free or not, the root included */
	uint32_t generation; /* of what is restricted: changes with paging_reset */
};

/* Process context. 0 or -12 (ENOMEM); `tables` beside the root and those of the identity map. */
int paging_setup(struct paging *paging, const struct paging_format *format, unsigned int levels, bool has_1g,
		 uint32_t tables);
void paging_teardown(struct paging *paging);

/* From here on in host mode, on this core or with the world stopped. Flushing the TLB is the caller's. */

/* Joins all that was split: everything may be accessed. */
void paging_reset(struct paging *paging);
/* Takes rights from the 4 KiB page around a guest-physical address: 0 or -HD_E_NO_PAGES. */
int paging_restrict(struct paging *paging, uint64_t physical, unsigned int denied);
/* What the page may be used for at present; -1: it is not mapped yet (paging_fill). */
int paging_access(struct paging *paging, uint64_t physical);
/* Sets that of a page that has been split off by paging_restrict. */
void paging_set_access(struct paging *paging, uint64_t physical, unsigned int access);
/* Maps the surroundings of an address that was touched for the first time: 0 or -HD_E_NO_PAGES. */
int paging_fill(struct paging *paging, uint64_t physical);

#endif
