// SPDX-License-Identifier: GPL-2.0
#include "script/compiler.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES 16384u
/* A script that needs more is not one a person wrote. */
#define ARENA_LIMIT (256u << 20)

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	max_align_t bytes[];
};

void *arena_allocate(struct compiler *compiler, size_t size)
{
	struct arena_block *block = compiler->arena;
	void *result;

	size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
	if (!block || size > block->size - block->used) {
		size_t bytes = size > BLOCK_BYTES ? size : BLOCK_BYTES;

		compiler->arena_total += bytes;
		block = compiler->arena_total > ARENA_LIMIT ? NULL : calloc(1, sizeof(*block) + bytes);
		if (!block) {
			report(compiler, NULL, "the script is too large");
			give_up(compiler);
		}
		block->size = bytes;
		block->next = compiler->arena;
		compiler->arena = block;
	}
	result = (char *)block->bytes + block->used;
	block->used += size;
	return result;
}

char *arena_string(struct compiler *compiler, const char *text, size_t length)
{
	char *copy = arena_allocate(compiler, length + 1);

	memcpy(copy, text, length);
	return copy;
}

void arena_release(struct compiler *compiler)
{
	while (compiler->arena) {
		struct arena_block *next = compiler->arena->next;

		free(compiler->arena);
		compiler->arena = next;
	}
	free(compiler->data.bytes);
	free(compiler->pieces.bytes);
}

void *buffer_add(struct buffer *buffer, const void *record, size_t size)
{
	if (!size)
		return NULL;
	if (size > buffer->size - buffer->used) {
		size_t larger = (buffer->size + size) * 2 + 256;
		uint8_t *bytes = realloc(buffer->bytes, larger);

		if (!bytes)
			abort(); /* out of memory by a few kilobytes: nothing sensible is left to do */
		buffer->bytes = bytes;
		buffer->size = larger;
	}
	if (record)
		memcpy(buffer->bytes + buffer->used, record, size);
	else
		memset(buffer->bytes + buffer->used, 0, size);
	buffer->used += size;
	return buffer->bytes + buffer->used - size;
}
