/* SPDX-License-Identifier: GPL-2.0 */
/* The program that the fake debuggee claims to run: only its symbols are used. */
	.globl	_start, counter, counters
	.text
	.type	_start, @function
_start:
	cpuid
	nop
	nop
	.size	_start, . - _start

	.data
	.type	counter, @object
counter:
	.quad	0
	.size	counter, . - counter
	.type	counters, @object
counters:
	.quad	0
	.size	counters, . - counters
