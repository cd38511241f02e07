// SPDX-License-Identifier: GPL-2.0
/*
 * !monitor: $context is the first accessed byte in the range.
 *
 * Ranges are matched by linear address (`va`) or guest-physical one (`pa`);
 * what is restricted are the guest-physical pages that lie under them now.
 */
#include "hypervisor/breakpoint.h"
#include "hypervisor/guest_memory.h"
#include "hypervisor/hidden.h"
#include "hypervisor/hook.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/monitor.h"
#include "hypervisor/processor.h"

#define PAGE_MASK_LOW (PAGING_BYTES - 1)
#define ROOT_ADDRESS 0x000ffffffffff000ull
/* More than that is surely a slip, and would take the page tables' pool. */
#define RANGE_MAX (1ull << 30)

static int arm_error;
static uint64_t armed_signature;
static bool forgotten;

static bool is_kernel_address(uint64_t address)
{
	return address >> 63;
}

/* Page tables for a range: the process', or the kernel's half, which host mode's own tables have. */
static uint64_t root_for(const struct hd_event_definition *definition)
{
	return definition->cr3 ? definition->cr3 : processor_read_cr3() & ROOT_ADDRESS;
}

static struct vcpu *any_core(void)
{
	uint32_t core;

	for (core = 0; core < HD_MAX_CORES; core++) {
		if (vcpus[core] && vcpus[core]->active)
			return vcpus[core];
	}
	return NULL;
}

/* What has to be taken from a page so that the access is seen. */
static unsigned int denied_for(unsigned int access)
{
	/* Without the right to read there is none at all: no page can be written only. */
	return access & HD_ACCESS_READ ? PAGING_ALL : access;
}

void monitor_restrict(struct vcpu *vcpu, uint64_t physical, unsigned int denied)
{
	int err = paging_restrict(&vcpu->paging, physical, denied);

	if (err && !arm_error)
		arm_error = err;
}

static void restrict_page(uint64_t physical, unsigned int denied)
{
	uint32_t core;

	for (core = 0; core < HD_MAX_CORES; core++) {
		if (vcpus[core] && vcpus[core]->paging.root)
			monitor_restrict(vcpus[core], physical, denied);
	}
}

static void arm_event(void *self, const struct event *event)
{
	const struct hd_event_definition *definition = &event->definition;
	unsigned int denied = denied_for(definition->access);
	uint64_t at = definition->parameter[0] & ~PAGE_MASK_LOW, root = root_for(definition);
	struct vcpu *vcpu = self;
	struct guest_page page;

	for (;;) {
		if (definition->flags & HD_EVENT_PHYSICAL)
			restrict_page(at, denied);
		else if (!guest_walk(vcpu, root, at, &page))
			restrict_page(page.physical, denied);
		if (definition->parameter[1] - at < PAGING_BYTES)
			break;
		at += PAGING_BYTES;
	}
}

static void add_signature(void *self, const struct event *event)
{
	uint64_t *signature = self;

	*signature = (*signature ^ (event->number + 1)) * 0x9e3779b97f4a7c15ull;
}

void monitor_forget(void)
{
	forgotten = true;
}

int monitor_error(void)
{
	return arm_error;
}

void monitor_arm(void)
{
	static const enum hd_event_kind kinds[] = { HD_EVENT_MONITOR, HD_EVENT_EPTHOOK, HD_EVENT_EPTHOOK2 };
	struct vcpu *vcpu = any_core();
	uint64_t signature;
	unsigned int i;
	uint32_t core;

	breakpoint_drop_ended();
	signature = (vcpu_count + 1) * 0x9e3779b97f4a7c15ull + breakpoint_generation();
	for (i = 0; i < HD_ARRAY_SIZE(kinds); i++)
		event_each(events, kinds[i], add_signature, &signature);
	if (!vcpu || (signature == armed_signature && !forgotten))
		return;
	armed_signature = signature;
	forgotten = false;
	arm_error = 0;
	for (core = 0; core < HD_MAX_CORES; core++) {
		if (vcpus[core] && vcpus[core]->paging.root)
			paging_reset(&vcpus[core]->paging);
	}
	event_each(events, HD_EVENT_MONITOR, arm_event, vcpu);
	hidden_arm(vcpu, event_any(events, HD_EVENT_MONITOR));
}

/* A user range belongs to a process: the one named, or the one that is current here. */
static int choose_process(struct vcpu *vcpu, struct hd_event_definition *definition, uint64_t *detail)
{
	if (!(definition->flags & HD_EVENT_HAS_PID)) {
		definition->pid = kernel_pid_of(vcpu->core);
		definition->flags |= HD_EVENT_HAS_PID;
	}
	definition->cr3 = kernel_root_of(definition->pid);
	*detail = definition->pid;
	return definition->cr3 ? 0 : -HD_E_BAD_PID;
}

int monitor_check_present(struct vcpu *vcpu, const struct hd_event_definition *definition, uint64_t *detail)
{
	uint64_t at = definition->parameter[0] & ~PAGE_MASK_LOW, root = root_for(definition);
	struct guest_page page;

	for (;;) {
		*detail = at > definition->parameter[0] ? at : definition->parameter[0];
		if (!address_is_canonical(at) || guest_walk(vcpu, root, at, &page))
			return -HD_E_BAD_ADDRESS;
		if (definition->parameter[1] - at < PAGING_BYTES)
			return 0;
		at += PAGING_BYTES;
	}
}

int monitor_prepare(struct vcpu *vcpu, struct hd_event_definition *definition, uint64_t *detail)
{
	bool is_hook = definition->kind != HD_EVENT_MONITOR;
	uint64_t first = definition->parameter[0], last = is_hook ? first : definition->parameter[1];
	int err;

	if (is_hook)
		definition->parameter[1] = first;

	if (!vcpu->paging.root)
		return -HD_E_NO_PAGING;
	definition->cr3 = 0;
	if (last < first)
		return 0; /* event_define has the sentence */
	*detail = last - first + 1;
	if (last - first >= RANGE_MAX)
		return -HD_E_TOO_LARGE;
	if (definition->flags & HD_EVENT_PHYSICAL) {
		*detail = last;
		return last >> 52 ? -HD_E_BAD_PHYSICAL : 0;
	}
	if (!is_kernel_address(first)) {
		err = choose_process(vcpu, definition, detail);
		if (err)
			return err;
	}
	err = monitor_check_present(vcpu, definition, detail);
	if (!err && is_hook)
		err = hook_check_boundary(vcpu, first);
	return err;
}

/* The instruction's accesses, from its bytes and the registers before it. */

static void add(struct step *step, struct event_key *key, uint64_t first, uint64_t size, unsigned int access,
		bool physical)
{
	if (key->access_count == STEP_ACCESSES)
		return;
	step->accesses[key->access_count++] = (struct event_access){
		.first = first,
		.last = first + size - 1 < first ? UINT64_MAX : first + size - 1,
		.access = access,
		.physical = physical,
	};
}

/* Both of its addresses; the physical one in pieces of a page. true: the faulting byte is one of them. */
static bool add_linear(struct vcpu *vcpu, struct event_key *key, uint64_t first, uint64_t size, unsigned int access,
		       uint64_t fault)
{
	struct guest_page page;
	bool has_fault = false;
	uint64_t done, chunk;

	add(&vcpu->step, key, first, size, access, false);
	for (done = 0; done < size; done += chunk) {
		uint64_t at = first + done;

		chunk = PAGING_BYTES - (at & PAGE_MASK_LOW);
		if (chunk > size - done)
			chunk = size - done;
		if (guest_translate(vcpu, at, &page))
			continue; /* it will fault there */
		add(&vcpu->step, key, page.physical, chunk, access, true);
		has_fault |= fault >= page.physical && fault < page.physical + chunk;
	}
	return has_fault;
}

static void read_address_registers(struct vcpu *vcpu, struct decode_regs *regs)
{
	memcpy(regs->gpr, vcpu->gpr, sizeof(regs->gpr));
	regs->rip = vcpu->rip;
	memset(regs->segment_base, 0, sizeof(regs->segment_base));
	vendor->read_register(vcpu, HD_REG_FS_BASE, &regs->segment_base[DECODE_FS]);
	vendor->read_register(vcpu, HD_REG_GS_BASE, &regs->segment_base[DECODE_GS]);
	regs->stack_16 = false;
}

unsigned int monitor_access_of(const struct mem_operand *operand)
{
	return (operand->access & DECODE_READ ? HD_ACCESS_READ : 0) |
	       (operand->access & DECODE_WRITE ? HD_ACCESS_WRITE : 0);
}

/* A repeated string instruction whose count is used up accesses nothing. */
static bool repeats_nothing(struct vcpu *vcpu, const struct instruction *insn)
{
	uint64_t mask = insn->address_size == 8 ? UINT64_MAX : insn->address_size == 4 ? UINT32_MAX : 0xffff;

	return insn->repeat && !(vcpu->gpr[HD_REG_RCX] & mask);
}

static bool add_operands(struct vcpu *vcpu, struct event_key *key, uint64_t fault)
{
	const struct instruction *insn = &vcpu->step.instruction;
	struct decode_regs regs;
	bool has_fault = false;
	unsigned int i;

	if (!insn->operand_count || repeats_nothing(vcpu, insn))
		return false;
	read_address_registers(vcpu, &regs);
	for (i = 0; i < insn->operand_count; i++) {
		const struct mem_operand *operand = &insn->operands[i];
		uint64_t linear;

		if (operand->access && operand->size && decode_address(insn, operand, &regs, &linear))
			has_fault |= add_linear(vcpu, key, linear, operand->size, monitor_access_of(operand), fault);
	}
	return has_fault;
}

/* The linear address of a byte of which only the physical one is known, if an operand lies in the same page. */
static bool linear_of(struct vcpu *vcpu, uint64_t physical, uint64_t *linear)
{
	const struct instruction *insn = &vcpu->step.instruction;
	struct decode_regs regs;
	struct guest_page page;
	unsigned int i;

	read_address_registers(vcpu, &regs);
	for (i = 0; i < insn->operand_count; i++) {
		uint64_t at;

		decode_address(insn, &insn->operands[i], &regs, &at);
		if (guest_translate(vcpu, at, &page))
			continue;
		*linear = (at & ~PAGE_MASK_LOW) + (physical & PAGE_MASK_LOW);
		if ((page.physical ^ physical) < PAGING_BYTES)
			return true;
	}
	return false;
}

static void collect(struct vcpu *vcpu, struct event_key *key, uint64_t fault, unsigned int fault_access)
{
	struct step *step = &vcpu->step;
	bool has_fault;
	uint64_t linear;

	key->accesses = step->accesses;
	key->access_count = 0;
	has_fault = add_linear(vcpu, key, vcpu->rip, 1, HD_ACCESS_EXECUTE, fault);
	if (step_decode(vcpu))
		has_fault |= add_operands(vcpu, key, fault);
	/* Bytes of the instruction behind its first are no access of theirs. */
	if (has_fault || fault_access == HD_ACCESS_EXECUTE)
		return;
	/* Descriptors, elements of a gather, the rest of a state area: the byte that the processor named. */
	add(step, key, fault, 1, fault_access, true);
	if (step->decoded && linear_of(vcpu, fault, &linear))
		add(step, key, linear, 1, fault_access, false);
}

/* S6 of one iteration of a repeated string instruction: it counts, and has no effect. */
static void skip_iteration(struct vcpu *vcpu, const struct instruction *insn)
{
	uint64_t mask = insn->address_size == 8 ? UINT64_MAX : insn->address_size == 4 ? UINT32_MAX : 0xffff;
	uint64_t size = insn->operand_count ? insn->operands[0].size : 0;
	uint64_t distance = vcpu->rflags & RFLAGS_DF ? -size : size, *rcx = &vcpu->gpr[HD_REG_RCX];
	unsigned int i;

	for (i = 0; i < insn->operand_count; i++) {
		unsigned int reg = insn->operands[i].kind == MEM_STRING_SOURCE ? HD_REG_RSI : HD_REG_RDI;

		vcpu->gpr[reg] = (vcpu->gpr[reg] & ~mask) | ((vcpu->gpr[reg] + distance) & mask);
	}
	*rcx = (*rcx & ~mask) | ((*rcx - 1) & mask);
	if (!(*rcx & mask))
		vendor->skip(vcpu, insn->length);
}

static void skip(struct vcpu *vcpu)
{
	const struct instruction *insn = &vcpu->step.instruction;

	if (insn->repeat)
		skip_iteration(vcpu, insn);
	else
		vendor->skip(vcpu, insn->length);
}

bool monitor_match(struct vcpu *vcpu, uint64_t physical, unsigned int access)
{
	struct step *step = &vcpu->step;
	struct event_key *key = &step->occurrence.key;
	uint64_t cr3 = 0;

	vendor->read_register(vcpu, HD_REG_CR3, &cr3);
	*key = (struct event_key){
		.kind = HD_EVENT_MONITOR,
		.core = vcpu->core,
		.cr3 = cr3 & ROOT_ADDRESS,
	};
	if (event_needs_pid(events, HD_EVENT_MONITOR))
		key->pid = kernel_pid_of(vcpu->core);
	collect(vcpu, key, physical, access);
	switch (pipeline_begin(&vcpu->pipeline, &step->occurrence)) {
	case PIPELINE_NONE:
		return true;
	case PIPELINE_CARRY_OUT:
		step->has_occurrence = true;
		return true;
	case PIPELINE_CANCELLED:
		if (!step->decoded)
			return true; /* of unknown length: it cannot be passed */
		skip(vcpu);
		return false;
	default:
		return false;
	}
}
