/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the script fuzzers run programs on: no memory but their own, machine
 * registers in an array, nothing that waits. All memory comes from malloc in its exact
 * size, so that the address sanitizer sees the first byte outside.
 */
#ifndef TESTS_SCRIPT_FUZZ_HOST_H
#define TESTS_SCRIPT_FUZZ_HOST_H

#include <stddef.h>

/* Checks, binds and runs a program (bytes need no alignment). 0 if it was refused. */
int script_fuzz_run(const void *program, size_t size);

#endif
