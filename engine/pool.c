// SPDX-License-Identifier: GPL-2.0
/* The event table's memory; engine/pool.h says how it works. */
#include "engine/pool.h"

struct pool_block {
	uint64_t size;		 /* with this header, a multiple of POOL_ALIGNMENT */
	struct pool_block *next; /* the next free one; meaningless in a block that is in use */
};

HD_STATIC_ASSERT(sizeof(struct pool_block) == POOL_ALIGNMENT,
		 "what follows a header is aligned as the header is");

void pool_init(struct pool *pool, void *memory, size_t size)
{
	struct pool_block *all = memory;

	size &= ~(size_t)(POOL_ALIGNMENT - 1);
	pool->memory = memory;
	pool->size = size;
	pool->free = size;
	pool->first_free = NULL;
	if (size <= sizeof(*all)) {
		pool->free = 0;
		return;
	}
	all->size = size;
	all->next = NULL;
	pool->first_free = all;
}

void *pool_take(struct pool *pool, size_t size)
{
	struct pool_block **link, *block, *rest;
	uint64_t want;

	if (!size || size > pool->size)
		return NULL;
	want = (size + sizeof(*block) + POOL_ALIGNMENT - 1) & ~(uint64_t)(POOL_ALIGNMENT - 1);

	for (link = &pool->first_free; *link; link = &(*link)->next) {
		if ((*link)->size >= want)
			break;
	}
	block = *link;
	if (!block)
		return NULL;

	/* A rest too small to hold anything stays with the block. */
	if (block->size - want > sizeof(*block)) {
		rest = (struct pool_block *)((uint8_t *)block + want);
		rest->size = block->size - want;
		rest->next = block->next;
		block->size = want;
		*link = rest;
	} else {
		*link = block->next;
	}
	pool->free -= block->size;
	memset(block + 1, 0, (size_t)(block->size - sizeof(*block)));
	return block + 1;
}

static bool touch(const struct pool_block *low, const struct pool_block *high)
{
	return (const uint8_t *)low + low->size == (const uint8_t *)high;
}

void pool_give(struct pool *pool, void *memory)
{
	struct pool_block *block, *before = NULL, *behind;

	if (!memory)
		return;
	block = (struct pool_block *)memory - 1;
	pool->free += block->size;

	for (behind = pool->first_free; behind && behind < block; behind = behind->next)
		before = behind;

	block->next = behind;
	if (behind && touch(block, behind)) {
		block->size += behind->size;
		block->next = behind->next;
	}
	if (!before) {
		pool->first_free = block;
	} else if (touch(before, block)) {
		before->size += block->size;
		before->next = block->next;
	} else {
		before->next = block;
	}
}
