// SPDX-License-Identifier: GPL-2.0
/*
 * A debuggee without a processor: the engine behind a unix socket.
 *
 *   fake_debuggee PATH [garble] [mute]
 *
 * One core. Each time it is let go, it executes one CPUID of leaf 40000055
 * (through the real event table and stage pipeline), then runs until the next
 * break-in. `garble` damages bytes on the line in both directions; `mute` answers
 * nothing but HELLO, HD_BREAK and `g`. RDMSR of dead is "the module is unloaded":
 * it says that it leaves, and comes back with another load.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "engine/event_table.h"
#include "engine/pipeline.h"
#include "engine/wire.h"

#define MAX_EVENTS 64
#define POOL_BYTES (1u << 20)
#define LEAF	   0x40000055

static int fd;
static struct wire *wire;
static struct event_table *table;
static struct pipeline_core core;
static uint64_t registers[HD_REG_COUNT];
static uint8_t memory[4096]; /* at MEMORY_BASE */
static bool garble, mute, halted, released, break_wanted;
static uint64_t load_id = 1;
static struct hd_note_halted last_halt;

#define MEMORY_BASE 0x10000

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* --- the line --------------------------------------------------------------- */

static void damage(uint8_t *bytes, size_t size)
{
	static uint32_t state = 1;

	/* About one byte of 256, in the same order each time: most small frames get through, few large ones.
	 */
	for (size_t i = 0; garble && i < size; i++) {
		state = state * 1103515245 + 12345;
		bytes[i] ^= state >> 22 == 0 ? 0x55 : 0;
	}
}

static void pump(int timeout)
{
	struct pollfd set = { .fd = fd, .events = POLLIN };
	uint8_t bytes[4096];
	ssize_t n;
	size_t size;

	poll(&set, 1, timeout);
	if (set.revents) {
		n = read(fd, bytes, sizeof(bytes));
		if (n == 0)
			exit(0);
		if (n > 0) {
			damage(bytes, (size_t)n);
			wire_input(wire, bytes, (size_t)n);
		}
	}
	wire_poll(wire, now_ms());
	while ((size = wire_output(wire, bytes, sizeof(bytes))) != 0) {
		damage(bytes, size);
		for (size_t done = 0; done < size; done += (size_t)n) {
			n = send(fd, bytes + done, size - done, MSG_NOSIGNAL);
			if (n < 0)
				exit(errno == EPIPE || errno == ECONNRESET ? 0 : 1);
		}
	}
}

static void say(uint16_t type, const struct hd_message *reply_to, int error, uint64_t detail,
		const void *first, size_t first_size, const void *second, size_t second_size)
{
	struct hd_message message = {
		.type = type,
		.id = reply_to ? reply_to->id : 0,
		.size = (uint32_t)(first_size + second_size),
		.error = error,
		.detail = detail,
	};

	while (wire_is_up(wire) && !wire_has_room(wire, sizeof(message) + message.size))
		pump(10);
	wire_send(wire, &message, first, first_size, second, second_size);
}

static void note(uint16_t type, const void *first, size_t first_size, const void *second, size_t second_size)
{
	say(type, NULL, 0, 0, first, first_size, second, second_size);
}

/* --- what scripts reach ------------------------------------------------------ */

static int read_register(void *self, enum hd_register reg, uint64_t *value)
{
	(void)self;
	*value = registers[reg];
	return 0;
}

static int write_register(void *self, enum hd_register reg, uint64_t value)
{
	(void)self;
	registers[reg] = value;
	return 0;
}

static int read_pseudo(void *self, enum hd_pseudo_register reg, uint64_t *value)
{
	(void)self;
	*value = reg == HD_PSEUDO_IP ? registers[HD_REG_RIP] : 0x77;
	return 0;
}

static int process_name(void *self, char *name, size_t size)
{
	(void)self;
	snprintf(name, size, "toy");
	return 0;
}

static int read_memory(void *self, enum script_space space, uint64_t address, void *to, size_t size)
{
	(void)self, (void)space;
	if (address < MEMORY_BASE || address - MEMORY_BASE > sizeof(memory) - size)
		return -HD_E_BAD_ADDRESS;
	memcpy(to, memory + (address - MEMORY_BASE), size);
	return 0;
}

static int write_memory(void *self, enum script_space space, uint64_t address, const void *from, size_t size)
{
	(void)self, (void)space;
	if (address < MEMORY_BASE || address - MEMORY_BASE > sizeof(memory) - size)
		return -HD_E_BAD_ADDRESS;
	memcpy(memory + (address - MEMORY_BASE), from, size);
	return 0;
}

static void output(void *self, const char *text, size_t length)
{
	const struct pipeline_running *running = core.running;
	struct hd_note_text head = {
		.event = running && !halted ? running->event->number : UINT64_MAX,
		.stage = running ? (uint32_t)running->stage : 0,
	};

	(void)self;
	note(HD_NOTE_TEXT, &head, sizeof(head), text, length);
}

static int change_event(void *self, enum script_event_action what, uint64_t number)
{
	(void)self;
	return event_change_from_script(table, number, (uint32_t)what);
}

static int event_sc(void *self, bool on)
{
	(void)self;
	return pipeline_event_sc(&core, on);
}

static void halt(void *self);

static int pause_here(void *self)
{
	halt(self);
	return 0;
}

static int read_msr(void *self, uint32_t msr, uint64_t *value)
{
	(void)self;
	*value = msr + 1ull;
	return msr == 0x666 ? -HD_E_MSR_REFUSED : 0;
}

static const struct script_host_ops script_ops = {
	.read_register = read_register,
	.write_register = write_register,
	.read_pseudo = read_pseudo,
	.process_name = process_name,
	.read_memory = read_memory,
	.write_memory = write_memory,
	.read_msr = read_msr,
	.output = output,
	.event = change_event,
	.event_sc = event_sc,
	.pause = pause_here,
};

static void script_error(void *self, int error, uint64_t detail, uint32_t line, uint32_t column)
{
	struct hd_note_script_error message = {
		.event = core.running->event->number,
		.detail = detail,
		.error = error,
		.line = line,
		.column = column,
		.stage = core.running->stage,
	};

	(void)self;
	note(HD_NOTE_SCRIPT_ERROR, &message, sizeof(message), NULL, 0);
}

static void bracket(void *self, const struct script_facts *facts)
{
	(void)self, (void)facts;
}

static uint64_t rip(void *self)
{
	(void)self;
	return registers[HD_REG_RIP];
}

static const struct pipeline_machine machine = {
	.rip = rip,
	.halt = halt,
	.script_error = script_error,
	.script_begin = bracket,
	.script_end = bracket,
	.script_ops = &script_ops,
};

/* --- halting ---------------------------------------------------------------- */

static void fill_registers(struct hd_registers *to)
{
	static const uint8_t code[] = { 0x0f, 0xa2, 0x90, 0x90 };

	memset(to, 0, sizeof(*to));
	memcpy(to->value, registers, sizeof(registers));
	to->pid = to->tid = 0x77;
	strcpy(to->process, "toy");
	memcpy(to->code, code, sizeof(code));
	to->code_size = sizeof(code);
	to->code_bits = 64;
}

static void serve(const struct hd_message *message);

static void tell_halted(enum hd_halt_reason reason)
{
	last_halt = (struct hd_note_halted){ .reason = reason };
	if (reason == HD_HALT_EVENT) {
		last_halt.event = core.running->event->number;
		last_halt.stage = core.running->stage;
		last_halt.context = core.running->ref->context;
	}
	fill_registers(&last_halt.registers);
	note(HD_NOTE_HALTED, &last_halt, sizeof(last_halt), NULL, 0);
}

static void serve_all(int timeout)
{
	const struct hd_message *message;

	pump(timeout);
	while ((message = wire_receive(wire)) != NULL) {
		uint64_t copy[HD_MESSAGE_MAX / 8];

		memcpy(copy, message, sizeof(*message) + message->size);
		serve((struct hd_message *)copy);
		if (released)
			return;
	}
}

static void halt_for(enum hd_halt_reason reason)
{
	bool before = halted;

	halted = true;
	released = break_wanted = false;
	tell_halted(reason);
	while (!released)
		serve_all(20);
	released = false;
	halted = before;
}

static void halt(void *self)
{
	(void)self;
	halt_for(HD_HALT_EVENT);
}

/* --- requests ----------------------------------------------------------------- */

static void reply(const struct hd_message *to, int error, uint64_t detail, const void *payload, size_t size)
{
	say(HD_REPLY, to, error, detail, payload, size, NULL, 0);
}

static void leave(void)
{
	note(HD_NOTE_LEFT, NULL, 0, NULL, 0);
	for (int i = 0; i < 100 && !wire_is_drained(wire); i++)
		pump(10);
	wire_close(wire);
	load_id++;
	halted = false;
	released = true;
}

static void serve_hello(const struct hd_message *message)
{
	struct hd_hello hello = {
		.protocol = HD_PROTOCOL,
		.cores = 1,
		.vendor = 1,
		.halted = halted,
		.load_id = load_id,
		.release = "toy",
	};

	reply(message, 0, 0, &hello, sizeof(hello));
	if (halted)
		note(HD_NOTE_HALTED, &last_halt, sizeof(last_halt), NULL, 0);
}

static void serve_define(const struct hd_message *message, const struct hd_event_definition *definition)
{
	struct hd_event_number number = { 0 };
	uint64_t detail = 0;
	int error = event_define(table, definition, definition->program_size ? definition + 1 : NULL, 0,
				 false, &number.number, &detail);

	reply(message, error, detail, &number, sizeof(number));
}

static void serve_list(const struct hd_message *message, const struct hd_event_number *from)
{
	struct hd_event_entry entries[8];
	size_t count = 0;

	for (struct event *event = event_next(table, from->number); event && count < 8;
	     event = event_next(table, event->number + 1))
		entries[count++] = (struct hd_event_entry){
			.number = event->number,
			.completed = event->completed,
			.short_circuited = event->short_circuited,
			.failed = event->failed,
			.enabled = event->enabled,
			.definition = event->definition,
		};
	reply(message, 0, 0, entries, count * sizeof(entries[0]));
}

static void serve_script(const struct hd_message *message, const struct hd_script_run *run)
{
	uint64_t program[HD_MESSAGE_MAX / 8], where = 0;
	struct hd_script_result result = { 0 };
	struct script_outcome outcome = { 0 };
	struct script_facts facts;
	int error;

	memcpy(program, run + 1, run->program_size);
	error = script_check(program, run->program_size, &facts, &where);
	if (!error)
		error = script_resolve(program, event_globals(table), NULL);
	if (!error)
		error = pipeline_evaluate(&core, program, &facts, &outcome);
	result.line = outcome.line;
	result.column = outcome.column;
	reply(message, error, error && outcome.error ? outcome.detail : where, &result, sizeof(result));
}

static void serve_memory(const struct hd_message *message, const struct hd_memory *asked)
{
	struct hd_memory result = *asked;
	bool write = message->type == HD_MEMORY_WRITE;
	uint64_t offset = asked->address - MEMORY_BASE;

	if (offset >= sizeof(memory)) {
		reply(message, -HD_E_BAD_ADDRESS, asked->address, NULL, 0);
		return;
	}
	if (result.size > sizeof(memory) - offset)
		result.size = (uint32_t)(sizeof(memory) - offset);
	if (write) {
		memcpy(memory + offset, asked + 1, result.size);
		reply(message, 0, 0, &result, sizeof(result));
	} else {
		reply(message, 0, 0, memory + offset, result.size);
	}
}

static void serve_symbol(const struct hd_message *message)
{
	struct hd_symbol symbol = { 0 };
	const char *name = (const char *)(message + 1);
	static const char near[] = "vmlinux!toy_counter\nvmlinux!toy_counters\n";

	if (message->size == 19 && !memcmp(name, "vmlinux!toy_counter", 19))
		symbol.address = MEMORY_BASE + 8;
	else if (message->size == 11 && !memcmp(name, "toy_counter", 11))
		symbol.address = MEMORY_BASE + 8;
	say(HD_REPLY, message, 0, 0, &symbol, sizeof(symbol), near, symbol.address ? 0 : sizeof(near) - 1);
}

static void serve_msr(const struct hd_message *message, const struct hd_msr *asked)
{
	struct hd_msr result = *asked;
	int error = read_msr(NULL, (uint32_t)asked->msr, &result.value);

	reply(message, error, asked->msr, &result, sizeof(result));
	if (asked->msr == 0xdead)
		leave();
}

static void serve_state(const struct hd_message *message, const void *payload)
{
	const struct hd_register_write *write = payload;
	struct hd_status status = { .cores = 1, .vendor = 1, .halted = halted, .events = event_count(table) };
	struct hd_process process = { .pid = 0x77, .name = "toy" };
	struct hd_setting setting = { .value = core.budget };
	struct hd_registers all;

	switch (message->type) {
	case HD_REGISTERS_READ:
		fill_registers(&all);
		reply(message, 0, 0, &all, sizeof(all));
		break;
	case HD_REGISTER_WRITE:
		registers[write->reg] = write->value;
		reply(message, 0, 0, NULL, 0);
		break;
	case HD_STATUS:
		event_pool_usage(table, &status.pool_free, &status.pool_size);
		reply(message, 0, 0, &status, sizeof(status));
		break;
	case HD_PROCESSES:
		reply(message, 0, 0, &process, sizeof(process));
		break;
	case HD_SETTING:
		if (((const struct hd_setting *)payload)->set)
			pipeline_set_budget(&core, setting.value = ((const struct hd_setting *)payload)->value);
		reply(message, 0, 0, &setting, sizeof(setting));
		break;
	default:
		reply(message, -HD_E_NOT_YET, 0, NULL, 0);
	}
}

static void serve(const struct hd_message *message)
{
	const void *payload = message + 1;
	const struct hd_event_change *change = payload;
	const struct hd_switch *on = payload;

	if (mute && message->type != HD_HELLO && message->type != HD_BREAK && message->type != HD_GO)
		return;
	switch (message->type) {
	case HD_HELLO:
		serve_hello(message);
		break;
	case HD_EVENT_DEFINE:
		serve_define(message, payload);
		break;
	case HD_EVENT_CHANGE:
		reply(message, event_change(table, change->number, change->change, 0), change->number, NULL,
		      0);
		break;
	case HD_EVENT_LIST:
		serve_list(message, payload);
		break;
	case HD_EVENT_SHORT_CIRCUIT:
		reply(message, pipeline_event_sc(&core, on->on), 0, NULL, 0);
		break;
	case HD_GO:
		note(HD_NOTE_RUNNING, NULL, 0, NULL, 0);
		reply(message, 0, 0, NULL, 0);
		released = true;
		break;
	case HD_BREAK:
		reply(message, 0, 0, NULL, 0);
		break_wanted = !halted;
		break;
	case HD_SCRIPT_RUN:
		serve_script(message, payload);
		break;
	case HD_MEMORY_READ:
	case HD_MEMORY_WRITE:
		serve_memory(message, payload);
		break;
	case HD_SYMBOL_ADDRESS:
		serve_symbol(message);
		break;
	case HD_MSR_READ:
		serve_msr(message, payload);
		break;
	default:
		serve_state(message, payload);
	}
}

/* --- running ------------------------------------------------------------------ */

static void execute_cpuid(void)
{
	struct occurrence occurrence = { .key = { .kind = HD_EVENT_CPUID, .parameter = LEAF } };
	enum pipeline_verdict verdict;

	registers[HD_REG_RAX] = LEAF;
	registers[HD_REG_RIP] = 0x401000;
	verdict = pipeline_begin(&core, &occurrence);
	if (verdict == PIPELINE_NONE || verdict == PIPELINE_CARRY_OUT) {
		registers[HD_REG_RAX] = 0xa;
		registers[HD_REG_RBX] = 0xb;
		registers[HD_REG_RCX] = 0xc;
		registers[HD_REG_RDX] = 0xd;
		registers[HD_REG_RIP] += 2;
	}
	if (verdict == PIPELINE_CARRY_OUT)
		pipeline_finish(&core, &occurrence, PIPELINE_COMPLETED);
}

static void *zeroed(size_t size)
{
	void *bytes = aligned_alloc(64, (size + 63) & ~(size_t)63);

	memset(bytes, 0, (size + 63) & ~(size_t)63);
	return bytes;
}

static void load(void)
{
	free(table);
	free(core.arena);
	free(wire);
	wire = wire_init(zeroed(wire_size()), WIRE_DEBUGGEE, 100);
	table = event_table_init(zeroed(event_table_size(MAX_EVENTS, POOL_BYTES)), MAX_EVENTS, POOL_BYTES);
	pipeline_core_init(&core, zeroed(pipeline_core_memory(MAX_EVENTS)), table, &machine, NULL, 0);
	pipeline_use_registers(&core, registers);
}

static void accept_debugger(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    listen(listener, 1) < 0) {
		perror(path);
		exit(1);
	}
	puts("listening");
	fflush(stdout);
	fd = accept(listener, NULL, NULL);
	if (fd < 0) {
		perror("accept");
		exit(1);
	}
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	for (int i = 2; i < argc; i++) {
		garble = garble || !strcmp(argv[i], "garble");
		mute = mute || !strcmp(argv[i], "mute");
	}
	accept_debugger(argv[1]);
	for (uint64_t loaded = 0;;) {
		if (loaded != load_id) {
			load();
			loaded = load_id;
		}
		while (!break_wanted && loaded == load_id) {
			released = false;
			serve_all(20);
		}
		while (break_wanted && loaded == load_id) {
			halt_for(HD_HALT_BREAK_IN);
			if (loaded == load_id)
				execute_cpuid();
			/* What broke in meanwhile is served by the loop. */
		}
	}
}
