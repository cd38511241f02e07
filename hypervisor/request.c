// SPDX-License-Identifier: GPL-2.0
#include "hypervisor/breakpoint.h"
#include "hypervisor/followed.h"
#include "hypervisor/guest_memory.h"
#include "hypervisor/halt.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/interception.h"
#include "hypervisor/line.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/linux/symbol_table.h"
#include "hypervisor/monitor.h"
#include "hypervisor/msr.h"
#include "hypervisor/request.h"
#include "hypervisor/script_host.h"

/* Largest payload of a reply. */
#define REPLY_MAX (HD_MESSAGE_MAX - sizeof(struct hd_message))
/* Programs are copied here to be checked and run: they must not change, and be aligned. */
#define PROGRAM_MAX HD_MESSAGE_MAX

struct request {
	struct vcpu *vcpu; /* the core that is looked at */
	struct vcpu *owner; /* the core that is halted, or that serves */
	struct client *client;
	const uint8_t *payload;
	size_t size;
	uint8_t *reply;
	size_t reply_size; /* set by the handler */
	uint64_t detail; /* of an error */
};

/* One owner of the world at a time: one buffer of each. A nested `?` (at a pause in a script of `?`) is refused. */
static uint8_t reply_buffer[REPLY_MAX];
static uint64_t program_buffer[PROGRAM_MAX / 8];
static bool program_runs;

static int serve_hello(struct request *r)
{
	const struct hd_hello *asked = (const void *)r->payload;
	struct hd_hello *hello = (void *)r->reply;
	size_t size;

	*hello = (struct hd_hello){
		.protocol = HD_PROTOCOL,
		.cores = vcpu_count,
		.vendor = vendor->id,
		.halted = halt_is_on(),
		.load_id = load_id,
		.kernel_base = kernel_base(),
	};
	size = strlen(kernel_release());
	memcpy(hello->release, kernel_release(), size < sizeof(hello->release) ? size : sizeof(hello->release) - 1);
	r->reply_size = sizeof(*hello);
	return asked->protocol == HD_PROTOCOL ? 0 : -HD_E_INVALID;
}

/* Kinds whose addresses are looked up at once. */
static bool is_memory_kind(uint16_t kind)
{
	return (kind == HD_EVENT_MONITOR || kind == HD_EVENT_EPTHOOK || kind == HD_EVENT_EPTHOOK2) &&
	       hd_event_kinds[kind].available;
}

static int serve_define(struct request *r)
{
	const struct hd_event_definition *definition = (const void *)r->payload;
	struct hd_event_definition complete = *definition;
	const void *program = NULL;
	uint64_t number;
	int err;

	if (definition->program_size != r->size - sizeof(*definition))
		return -HD_E_INVALID;
	if (definition->program_size) {
		if (program_runs)
			return -HD_E_HALTED;
		memcpy(program_buffer, definition + 1, definition->program_size);
		program = program_buffer;
	}
	if (definition->flags & HD_EVENT_HAS_CORE && (definition->core >= HD_MAX_CORES || !vcpus[definition->core])) {
		r->detail = definition->core;
		return -HD_E_BAD_CORE;
	}
	if (is_memory_kind(definition->kind)) {
		err = monitor_prepare(r->vcpu, &complete, &r->detail);
		if (err)
			return err;
	}
	err = event_define(events, &complete, program, r->client->number, r->client->is_local, &number, &r->detail);
	if (err)
		return err;
	((struct hd_event_number *)r->reply)->number = number;
	r->reply_size = sizeof(struct hd_event_number);
	interception_update();
	if (monitor_error()) {
		event_change(events, number, HD_CHANGE_CLEAR, r->client->number);
		interception_update();
		return -HD_E_NO_PAGES;
	}
	return 0;
}

static int serve_change(struct request *r)
{
	const struct hd_event_change *change = (const void *)r->payload;
	int err = event_change(events, change->number, change->change, r->client->number);

	r->detail = change->number;
	interception_update();
	return err;
}

static int serve_list(struct request *r)
{
	const struct hd_event_number *from = (const void *)r->payload;
	struct hd_event_entry *entry = (void *)r->reply;
	const struct event *event = event_next(events, from->number);

	for (; event && (uint8_t *)(entry + 1) <= r->reply + REPLY_MAX; event = event_next(events, event->number + 1)) {
		*entry++ = (struct hd_event_entry){
			.number = event->number,
			.completed = event->completed,
			.short_circuited = event->short_circuited,
			.failed = event->failed,
			.enabled = event->enabled,
			.client = event->client,
			.definition = event->definition,
		};
	}
	r->reply_size = (size_t)((uint8_t *)entry - r->reply);
	return 0;
}

static int serve_short_circuit(struct request *r)
{
	const struct hd_switch *sw = (const void *)r->payload;

	return pipeline_event_sc(&r->vcpu->pipeline, sw->on != 0);
}

static int serve_go(struct request *r)
{
	return halt_go(r->owner);
}

static int serve_break(struct request *r)
{
	(void)r;
	if (!halt_is_on())
		halt_want();
	return 0;
}

static int serve_step(struct request *r)
{
	r->detail = r->owner->core;
	return r->vcpu == r->owner ? halt_step(r->owner, ((const struct hd_step *)r->payload)->count) : -HD_E_OTHER_CORE;
}

static int serve_core_switch(struct request *r)
{
	const struct hd_switch *sw = (const void *)r->payload;

	r->detail = sw->on;
	return halt_show_core(sw->on);
}

static int serve_script(struct request *r)
{
	const struct hd_script_run *run = (const void *)r->payload;
	struct hd_script_result *result = (void *)r->reply;
	struct script_outcome outcome;
	struct script_facts facts;
	int err;

	if (run->program_size != r->size - sizeof(*run))
		return -HD_E_INVALID;
	if (program_runs)
		return -HD_E_HALTED;
	memcpy(program_buffer, run + 1, run->program_size);
	err = event_prepare_program(events, program_buffer, run->program_size, &facts, &r->detail);
	if (!err && facts.uses_pause && r->client->is_local)
		err = -HD_E_PAUSE_IN_VMI;
	if (err)
		return err;
	program_runs = true;
	script_host_evaluate_for(r->vcpu, r->client->number, true);
	err = pipeline_evaluate(&r->vcpu->pipeline, program_buffer, &facts, &outcome);
	script_host_evaluate_for(r->vcpu, r->client->number, false);
	program_runs = false;
	interception_update(); /* it may have changed events */
	*result = (struct hd_script_result){
		.value = outcome.value,
		.line = outcome.line,
		.column = outcome.column,
		.instructions = outcome.instructions,
	};
	r->reply_size = sizeof(*result);
	r->detail = outcome.detail;
	return err;
}

static int serve_registers(struct request *r)
{
	halt_read_registers(r->vcpu, (struct hd_registers *)r->reply);
	r->reply_size = sizeof(struct hd_registers);
	return 0;
}

static int serve_register_write(struct request *r)
{
	const struct hd_register_write *write = (const void *)r->payload;

	if (write->reg >= HD_REG_COUNT)
		return -HD_E_NO_REGISTER;
	r->detail = write->value;
	return script_host_ops.write_register(r->vcpu, (enum hd_register)write->reg, write->value);
}

static int serve_msr_read(struct request *r)
{
	const struct hd_msr *asked = (const void *)r->payload;
	struct hd_msr *reply = (void *)r->reply;

	r->detail = asked->msr;
	reply->msr = asked->msr;
	r->reply_size = sizeof(*reply);
	return asked->msr >> 32 ? -HD_E_MSR_REFUSED : msr_read(r->vcpu, (uint32_t)asked->msr, &reply->value);
}

static int serve_msr_write(struct request *r)
{
	const struct hd_msr *asked = (const void *)r->payload;

	r->detail = asked->msr;
	return asked->msr >> 32 ? -HD_E_MSR_REFUSED : msr_write(r->vcpu, (uint32_t)asked->msr, asked->value);
}

static int serve_status(struct request *r)
{
	struct hd_status *status = (void *)r->reply;
	uint32_t core, class;

	*status = (struct hd_status){
		.cores = vcpu_count,
		.vendor = vendor->id,
		.halted = halt_is_on(),
		.events = event_count(events),
		.messages_lost = client_lost(),
	};
	event_pool_usage(events, &status->pool_free, &status->pool_size);
	line_damage(&status->line_bad_frames, &status->line_resent);
	for (core = 0; core < HD_MAX_CORES; core++) {
		for (class = 0; vcpus[core] && class < HD_EXIT_CLASS_COUNT; class++)
			status->exits[class] += vcpus[core]->exits[class];
	}
	r->reply_size = sizeof(*status);
	return 0;
}

/* Page tables for a request about memory: those of a process, or of the halted core. */
static int root_of(struct request *r, uint32_t pid, uint64_t *cr3)
{
	if (!pid)
		return vendor->read_register(r->vcpu, HD_REG_CR3, cr3);
	*cr3 = kernel_root_of(pid);
	r->detail = pid;
	return *cr3 ? 0 : -HD_E_BAD_PID;
}

static int serve_memory_read(struct request *r)
{
	const struct hd_memory *asked = (const void *)r->payload;
	uint64_t cr3 = 0;
	int err;

	if (asked->size > REPLY_MAX) {
		r->detail = asked->size;
		return -HD_E_TOO_LARGE;
	}
	err = root_of(r, asked->pid, &cr3);
	if (err)
		return err;
	if (asked->physical)
		r->reply_size = physical_read(asked->address, r->reply, asked->size);
	else
		r->reply_size = guest_read_at(r->vcpu, cr3, asked->address, r->reply, asked->size);
	r->detail = asked->address;
	if (!r->reply_size && asked->size)
		return asked->physical ? -HD_E_BAD_PHYSICAL : -HD_E_BAD_ADDRESS;
	return 0;
}

static int serve_memory_write(struct request *r)
{
	const struct hd_memory *asked = (const void *)r->payload;
	struct hd_memory *reply = (void *)r->reply;
	const uint8_t *bytes = (const uint8_t *)(asked + 1);
	uint64_t cr3 = 0;
	struct guest_page page;
	int err;

	if (asked->size != r->size - sizeof(*asked))
		return -HD_E_INVALID;
	err = root_of(r, asked->pid, &cr3);
	if (err)
		return err;
	*reply = *asked;
	if (asked->physical)
		reply->size = (uint32_t)physical_write(asked->address, bytes, asked->size);
	else
		reply->size = (uint32_t)guest_write_at(r->vcpu, cr3, asked->address, bytes, asked->size);
	r->reply_size = sizeof(*reply);
	r->detail = asked->address + reply->size;
	if (reply->size == asked->size)
		return 0;
	if (asked->physical)
		return -HD_E_BAD_PHYSICAL;
	return guest_walk(r->vcpu, cr3, r->detail, &page) ? -HD_E_BAD_ADDRESS : -HD_E_READ_ONLY_ADDRESS;
}

static int serve_translate(struct request *r)
{
	const struct hd_translate *asked = (const void *)r->payload;
	struct hd_translate *reply = (void *)r->reply;
	struct guest_page page;
	uint64_t cr3 = 0;
	int err = root_of(r, asked->pid, &cr3);

	if (err)
		return err;
	*reply = *asked;
	r->reply_size = sizeof(*reply);
	r->detail = asked->address;
	if (asked->to_virtual) {
		reply->result = kernel_virtual_of(asked->address);
		return reply->result ? 0 : -HD_E_BAD_PHYSICAL;
	}
	err = guest_walk(r->vcpu, cr3, asked->address, &page);
	if (!err)
		reply->result = page.physical;
	return err;
}

static int serve_processes(struct request *r)
{
	r->reply_size = kernel_processes((struct hd_process *)r->reply, REPLY_MAX / sizeof(struct hd_process)) *
			sizeof(struct hd_process);
	return 0;
}

static int serve_breakpoint_set(struct request *r)
{
	struct hd_breakpoint *breakpoint = (struct hd_breakpoint *)r->reply;
	int err;

	memcpy(breakpoint, r->payload, sizeof(*breakpoint));
	err = breakpoint_set(r->vcpu, breakpoint, &r->detail);
	if (err)
		return err;
	interception_update();
	if (monitor_error()) {
		breakpoint_change(breakpoint->number, HD_CHANGE_CLEAR);
		interception_update();
		return -HD_E_NO_PAGES;
	}
	r->reply_size = sizeof(*breakpoint);
	return 0;
}

static int serve_breakpoint_change(struct request *r)
{
	const struct hd_event_change *change = (const void *)r->payload;
	int err = breakpoint_change(change->number, change->change);

	r->detail = change->number;
	interception_update();
	return err;
}

static int serve_breakpoint_list(struct request *r)
{
	breakpoint_drop_ended();
	r->reply_size = breakpoint_list((struct hd_breakpoint *)r->reply, REPLY_MAX / sizeof(struct hd_breakpoint)) *
			sizeof(struct hd_breakpoint);
	return 0;
}

/* Room for the names near an unknown one. */
#define NEAR_SIZE 1024

static int serve_symbol_address(struct request *r)
{
	const char *name = (const char *)r->payload;
	struct hd_symbol *symbol = (struct hd_symbol *)r->reply;

	*symbol = (struct hd_symbol){ .address = symbol_table_address(name, r->size) };
	r->reply_size = sizeof(*symbol);
	if (!symbol->address)
		r->reply_size += symbol_table_near(name, r->size, (char *)(symbol + 1), NEAR_SIZE);
	return 0;
}

static int serve_symbol_name(struct request *r)
{
	const struct hd_symbol *asked = (const void *)r->payload;
	struct hd_symbol *symbol = (struct hd_symbol *)r->reply;

	*symbol = (struct hd_symbol){ 0 };
	r->reply_size = sizeof(*symbol) + symbol_table_name(asked->address, &symbol->offset, (char *)(symbol + 1),
							    NEAR_SIZE);
	if (r->reply_size > sizeof(*symbol))
		symbol->address = asked->address - symbol->offset;
	return 0;
}

/* Done by a thread of the kernel when the machine runs; it tells the outcome. */
static int serve_page_in(struct request *r)
{
	const struct hd_page_in *asked = (const void *)r->payload;
	struct followed_page_in wanted = {
		.client = r->client->number,
		.pid = asked->pid ? asked->pid : kernel_pid_of(r->vcpu->core),
		.address = asked->address,
		.size = asked->size ? asked->size : 1,
		.write = asked->write,
	};

	r->detail = wanted.pid;
	if (!kernel_root_of(wanted.pid))
		return -HD_E_BAD_PID;
	r->detail = asked->address;
	if (wanted.address >> 63 || (wanted.address + wanted.size) >> 63)
		return -HD_E_BAD_ADDRESS;
	return followed_page_in_want(&wanted);
}

static int serve_setting(struct request *r)
{
	const struct hd_setting *asked = (const void *)r->payload;
	struct hd_setting *reply = (void *)r->reply;
	uint32_t core;

	if (asked->setting != HD_SETTING_BUDGET)
		return -HD_E_INVALID;
	if (asked->set)
		script_budget = asked->value;
	for (core = 0; core < HD_MAX_CORES; core++) {
		if (vcpus[core])
			pipeline_set_budget(&vcpus[core]->pipeline, script_budget);
	}
	*reply = *asked;
	reply->value = script_budget;
	r->reply_size = sizeof(*reply);
	return 0;
}

enum request_where {
	WHERE_ANY, /* a running machine too, and a local client */
	WHERE_HALT, /* on the line only at a halt; a local client at any time */
	WHERE_DEBUGGER, /* a halt, and never a local client */
	WHERE_LINE, /* the line only, running or not */
};

static const struct {
	int (*serve)(struct request *r);
	uint16_t size; /* least payload */
	uint8_t where; /* enum request_where */
} handlers[HD_REQUEST_END] = {
	[HD_HELLO] = { serve_hello, sizeof(struct hd_hello), WHERE_ANY },
	[HD_EVENT_DEFINE] = { serve_define, sizeof(struct hd_event_definition), WHERE_HALT },
	[HD_EVENT_CHANGE] = { serve_change, sizeof(struct hd_event_change), WHERE_HALT },
	[HD_EVENT_LIST] = { serve_list, sizeof(struct hd_event_number), WHERE_ANY },
	[HD_EVENT_SHORT_CIRCUIT] = { serve_short_circuit, sizeof(struct hd_switch), WHERE_DEBUGGER },
	[HD_GO] = { serve_go, 0, WHERE_DEBUGGER },
	[HD_BREAK] = { serve_break, 0, WHERE_LINE },
	[HD_STEP] = { serve_step, sizeof(struct hd_step), WHERE_DEBUGGER },
	[HD_CORE_SWITCH] = { serve_core_switch, sizeof(struct hd_switch), WHERE_DEBUGGER },
	[HD_SCRIPT_RUN] = { serve_script, sizeof(struct hd_script_run), WHERE_HALT },
	[HD_REGISTERS_READ] = { serve_registers, 0, WHERE_DEBUGGER },
	[HD_REGISTER_WRITE] = { serve_register_write, sizeof(struct hd_register_write), WHERE_DEBUGGER },
	[HD_MSR_READ] = { serve_msr_read, sizeof(struct hd_msr), WHERE_HALT },
	[HD_MSR_WRITE] = { serve_msr_write, sizeof(struct hd_msr), WHERE_HALT },
	[HD_STATUS] = { serve_status, 0, WHERE_ANY },
	[HD_MEMORY_READ] = { serve_memory_read, sizeof(struct hd_memory), WHERE_HALT },
	[HD_MEMORY_WRITE] = { serve_memory_write, sizeof(struct hd_memory), WHERE_HALT },
	[HD_TRANSLATE] = { serve_translate, sizeof(struct hd_translate), WHERE_HALT },
	[HD_BREAKPOINT_SET] = { serve_breakpoint_set, sizeof(struct hd_breakpoint), WHERE_DEBUGGER },
	[HD_BREAKPOINT_CHANGE] = { serve_breakpoint_change, sizeof(struct hd_event_change), WHERE_DEBUGGER },
	[HD_BREAKPOINT_LIST] = { serve_breakpoint_list, 0, WHERE_LINE },
	[HD_SYMBOL_ADDRESS] = { serve_symbol_address, 1, WHERE_ANY },
	[HD_SYMBOL_NAME] = { serve_symbol_name, sizeof(struct hd_symbol), WHERE_ANY },
	[HD_PAGE_IN] = { serve_page_in, sizeof(struct hd_page_in), WHERE_HALT },
	[HD_PROCESSES] = { serve_processes, 0, WHERE_HALT },
	[HD_SETTING] = { serve_setting, sizeof(struct hd_setting), WHERE_ANY },
};

static int check_place(const struct client *client, enum request_where where)
{
	if (client->is_local)
		return where == WHERE_DEBUGGER || where == WHERE_LINE ? -HD_E_NOT_IN_VMI : 0;
	return (where == WHERE_HALT || where == WHERE_DEBUGGER) && !halt_is_on() ? -HD_E_NOT_HALTED : 0;
}

void request_serve(struct vcpu *vcpu, struct vcpu *shown, struct client *client, const struct hd_message *message)
{
	struct request r = {
		.vcpu = shown,
		.owner = vcpu,
		.client = client,
		.payload = (const uint8_t *)(message + 1),
		.size = message->size,
		.reply = reply_buffer,
	};
	struct hd_message reply = { .type = HD_REPLY, .id = message->id };

	if (message->type >= HD_REQUEST_END || !handlers[message->type].serve)
		reply.error = -HD_E_NOT_YET;
	else if (message->size < handlers[message->type].size)
		reply.error = -HD_E_INVALID;
	else
		reply.error = check_place(client, handlers[message->type].where);
	if (!reply.error)
		reply.error = handlers[message->type].serve(&r);
	reply.detail = r.detail;
	reply.size = (uint32_t)r.reply_size;
	client_send(client, &reply, r.reply, r.reply_size, NULL, 0);
}
