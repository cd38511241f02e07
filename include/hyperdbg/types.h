/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The integer types and the three library functions that all parts share.
 *
 * This is the only header through which engine/ meets the world it is built
 * into: the kernel module, the debugger, or a host test.
 */
#ifndef HYPERDBG_TYPES_H
#define HYPERDBG_TYPES_H

#ifdef __KERNEL__
#include <linux/types.h>
#include <linux/stddef.h>
/* The kernel has the C standard's types, but not all of its limits and constants. */
#ifndef UINT64_MAX
#define UINT64_MAX (~(uint64_t)0)
#endif
#ifndef UINT32_MAX
#define UINT32_MAX (~(uint32_t)0)
#endif
#ifndef INT64_MAX
#define INT64_MAX ((int64_t)(UINT64_MAX >> 1))
#define INT64_MIN (-INT64_MAX - 1)
#endif
#ifndef INT32_MAX
#define INT32_MAX 0x7fffffff
#define INT32_MIN (-INT32_MAX - 1)
#endif
#define UINT64_C(n) n##ull
#define INT64_C(n) n##ll
#define UINT32_C(n) n##u
/* Declared here, since <linux/string.h> brings half of the kernel. Parentheses keep its macros off. */
void *(memcpy)(void *to, const void *from, size_t size);
void *(memmove)(void *to, const void *from, size_t size);
void *(memset)(void *to, int byte, size_t size);
int(memcmp)(const void *a, const void *b, size_t size);
size_t(strlen)(const char *text);
#else
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#endif

#define HD_ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* Contract check at compile time, in every build. */
#define HD_STATIC_ASSERT(cond, text) _Static_assert(cond, text)

/* Largest number of processors that one module serves. */
#define HD_MAX_CORES 256

#endif
