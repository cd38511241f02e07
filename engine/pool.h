/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The event table's memory: programs and buffers of any size, from one piece
 * given at load, because nothing can be allocated while the machine stands.
 *
 * First fit over a list of free blocks in the order of addresses, joined when
 * they touch. Not locked: only used while the world is stopped.
 */
#ifndef ENGINE_POOL_H
#define ENGINE_POOL_H

#include <hyperdbg/types.h>

#define POOL_ALIGNMENT 16

struct pool_block;

struct pool {
	uint8_t *memory;
	uint64_t size; /* of all blocks, with their headers */
	uint64_t free; /* bytes in free blocks, with their headers */
	struct pool_block *first_free;
};

/* memory must be aligned to POOL_ALIGNMENT. */
void pool_init(struct pool *pool, void *memory, size_t size);
/* Zeroed, aligned to POOL_ALIGNMENT; NULL if no free block is large enough, or size is 0. */
void *pool_take(struct pool *pool, size_t size);
/* memory as pool_take gave it, or NULL. */
void pool_give(struct pool *pool, void *memory);

#endif
