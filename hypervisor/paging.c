// SPDX-License-Identifier: GPL-2.0
#include "hypervisor/linux/kernel.h"
#include "hypervisor/paging.h"

#define ENTRIES 512
#define ENTRY_ADDRESS 0x000ffffffffff000ull

/* Tables that only paging_fill may take: memory that appears must not meet an empty pool. */
#define FILL_RESERVE 8

static unsigned int shift_of(unsigned int level)
{
	return 12 + 9 * level;
}

static uint64_t *take(struct paging *paging, uint32_t reserve)
{
	uint64_t *table = paging->free;

	if (paging->free_count <= reserve)
		return NULL;
	paging->free = (uint64_t *)table[0];
	paging->free_count--;
	memset(table, 0, PAGING_BYTES);
	return table;
}

static void give(struct paging *paging, uint64_t *table)
{
	table[0] = (uint64_t)paging->free;
	paging->free = table;
	paging->free_count++;
}

static uint64_t *table_of(uint64_t entry)
{
	return kernel_address(entry & ENTRY_ADDRESS);
}

static bool is_table(const struct paging *paging, uint64_t entry, unsigned int level)
{
	return entry && level && !(entry & paging->format->large);
}

/* The largest level at which a leaf can stand. */
static unsigned int largest(const struct paging *paging)
{
	return paging->has_1g ? 2 : 1;
}

int paging_fill(struct paging *paging, uint64_t physical)
{
	unsigned int level = paging->levels - 1, leaf = largest(paging);
	uint64_t *table = paging->root, *entry, *child;

	for (;; level--) {
		entry = &table[physical >> shift_of(level) & (ENTRIES - 1)];
		if (level == leaf) {
			uint64_t size = 1ull << shift_of(level);

			if (!*entry)
				*entry = paging->format->leaf(physical & ~(size - 1), PAGING_ALL, level);
			return 0;
		}
		if (!*entry) {
			child = take(paging, 0);
			if (!child)
				return -HD_E_NO_PAGES;
			*entry = paging->format->table(kernel_physical(child));
		}
		table = table_of(*entry);
	}
}

/* The leaf that maps an address, and its level; NULL if there is none. */
static uint64_t *find(struct paging *paging, uint64_t physical, unsigned int *level)
{
	uint64_t *table = paging->root, *entry;

	for (*level = paging->levels - 1;; --*level) {
		entry = &table[physical >> shift_of(*level) & (ENTRIES - 1)];
		if (!*entry)
			return NULL;
		if (!is_table(paging, *entry, *level))
			return entry;
		table = table_of(*entry);
	}
}

int paging_access(struct paging *paging, uint64_t physical)
{
	unsigned int level;
	const uint64_t *entry = find(paging, physical, &level);

	return entry ? (int)paging->format->access(*entry) : -1;
}

static int split(struct paging *paging, uint64_t *entry, uint64_t physical, unsigned int level)
{
	uint64_t *table = take(paging, FILL_RESERVE), size = 1ull << shift_of(level - 1);
	uint64_t first = physical & ~((1ull << shift_of(level)) - 1);
	unsigned int i;

	if (!table)
		return -HD_E_NO_PAGES;
	for (i = 0; i < ENTRIES; i++)
		table[i] = paging->format->leaf(first + i * size, PAGING_ALL, level - 1);
	*entry = paging->format->table(kernel_physical(table));
	return 0;
}

int paging_restrict(struct paging *paging, uint64_t physical, unsigned int denied)
{
	unsigned int level;
	uint64_t *entry;
	int err;

	for (;;) {
		entry = find(paging, physical, &level);
		if (entry && !level)
			break;
		err = entry ? split(paging, entry, physical, level) : paging_fill(paging, physical);
		if (err)
			return err;
	}
	*entry = paging->format->leaf(physical & ~(PAGING_BYTES - 1), paging->format->access(*entry) & ~denied, 0);
	return 0;
}

void paging_set_access(struct paging *paging, uint64_t physical, unsigned int access)
{
	unsigned int level;
	uint64_t *entry = find(paging, physical, &level);

	if (entry && !level)
		*entry = paging->format->leaf(physical & ~(PAGING_BYTES - 1), access, 0);
}

/* Puts one leaf into the place of a table that stands for no more than that. Depth: below the largest leaf's level. */
static void join(struct paging *paging, uint64_t *entry, uint64_t physical, unsigned int level)
{
	uint64_t *table = table_of(*entry);
	unsigned int i;

	for (i = 0; level > 1 && i < ENTRIES; i++) {
		if (is_table(paging, table[i], level - 1))
			join(paging, &table[i], physical + ((uint64_t)i << shift_of(level - 1)), level - 1);
	}
	*entry = paging->format->leaf(physical, PAGING_ALL, level);
	give(paging, table);
}

static void reset_below(struct paging *paging, uint64_t *table, uint64_t physical, unsigned int level)
{
	unsigned int i;

	for (i = 0; i < ENTRIES; i++) {
		uint64_t at = physical + ((uint64_t)i << shift_of(level));

		if (!is_table(paging, table[i], level))
			continue;
		if (level <= largest(paging))
			join(paging, &table[i], at, level);
		else
			reset_below(paging, table_of(table[i]), at, level - 1);
	}
}

void paging_reset(struct paging *paging)
{
	paging->generation++;
	reset_below(paging, paging->root, 0, paging->levels - 1);
}

static void free_below(struct paging *paging, uint64_t *table, unsigned int level)
{
	unsigned int i;

	for (i = 0; i < ENTRIES; i++) {
		if (is_table(paging, table[i], level))
			free_below(paging, table_of(table[i]), level - 1);
	}
	kernel_pages_free(table, PAGING_BYTES);
}

void paging_teardown(struct paging *paging)
{
	while (paging->free) {
		uint64_t *table = paging->free;

		paging->free = (uint64_t *)table[0];
		kernel_pages_free(table, PAGING_BYTES);
	}
	if (paging->root)
		free_below(paging, paging->root, paging->levels - 1);
	paging->root = NULL;
	paging->free_count = 0;
}

int paging_setup(struct paging *paging, const struct paging_format *format, unsigned int levels, bool has_1g,
		 uint32_t tables)
{
	uint64_t size = has_1g ? 1ull << 30 : 1ull << 21, end = kernel_memory_end(), at;
	uint64_t *table;

	paging->format = format;
	paging->levels = levels;
	paging->has_1g = has_1g;
	/* One table for 512 GiB; without pages of 1 GiB, one more for each GiB of memory. */
	tables += FILL_RESERVE + levels + (uint32_t)(end >> 39) + (has_1g ? 0 : (uint32_t)(end >> 30) + 1);
	while (paging->free_count < tables) {
		table = kernel_pages(PAGING_BYTES);
		if (!table) {
			paging_teardown(paging);
			return -12;
		}
		give(paging, table);
	}
	paging->size = tables;
	paging->root = take(paging, 0);
	for (at = 0; at < end; at += size) {
		if (paging_fill(paging, at)) {
			paging_teardown(paging);
			return -12;
		}
	}
	return 0;
}
