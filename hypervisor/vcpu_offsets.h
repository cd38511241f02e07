/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where assembly finds the fields of struct vcpu. Checked against the
 * structure in host_traps.c.
 */
#ifndef HYPERVISOR_VCPU_OFFSETS_H
#define HYPERVISOR_VCPU_OFFSETS_H

#define VCPU_RAX 0
#define VCPU_RCX 8
#define VCPU_RDX 16
#define VCPU_RBX 24
#define VCPU_RSP 32
#define VCPU_RBP 40
#define VCPU_RSI 48
#define VCPU_RDI 56
#define VCPU_R8 64
#define VCPU_R9 72
#define VCPU_R10 80
#define VCPU_R11 88
#define VCPU_R12 96
#define VCPU_R13 104
#define VCPU_R14 112
#define VCPU_R15 120
#define VCPU_RIP 128
#define VCPU_RFLAGS 136
#define VCPU_HOST_STACK_TOP 144
#define VCPU_GUEST_STATE_PA 152
#define VCPU_HOST_STATE_PA 160

#endif
