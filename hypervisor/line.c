// SPDX-License-Identifier: GPL-2.0
/*
 * Locking: line.lock guards UART and wire. It is held for a bounded time and
 * never across a world stop, a request or a park, so that an owner of the
 * world, who has all others parked, always finds it free.
 */
#include "engine/ring.h"
#include "engine/wire.h"
#include "hypervisor/clients.h"
#include "hypervisor/exit.h"
#include "hypervisor/halt.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/line.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/processor.h"
#include "hypervisor/request.h"

/* 16550 registers, relative to the port. */
enum { UART_DATA, UART_IER, UART_FCR, UART_LCR, UART_MCR, UART_LSR };
#define UART_IIR UART_FCR
#define UART_FIFO 16
#define LSR_DATA (1u << 0)
#define LSR_THR_EMPTY (1u << 5)
#define IIR_NONE (1u << 0)

#define RING_SIZE (1u << 20)
#define RESEND_MS 250
/* How long a full ring waits for the debugger before messages are given up. */
#define ROOM_MS 2000
#define DRAIN_MS 1000
/*
 * The thread looks once a tick; if it has not for so long, and this core alone
 * has exited so often meanwhile (else it is our own processor that somebody
 * else has), the guest has no time left for it.
 */
#define STARVED_MS 1000
#define STARVED_LOOKS (8000 / EXITS_BETWEEN_LOOKS)

static struct {
	uint16_t port; /* 0: no line */
	uint32_t lock;
	struct wire *wire;
	struct ring ring;
	void *ring_memory;
	uint8_t *inbox; /* one request, until the owner of the world takes it; its bytes stay until the next */
	bool inbox_full;
	uint8_t *outgoing; /* between ring and wire */
	bool data_waited; /* the thread's: bytes were there at its last look */
	uint64_t looked; /* TSC at the thread's last look */
	bool starved; /* and that was too long ago: told once */
	bool stalled; /* nobody took anything for ROOM_MS: do not wait again until something moves */
} line;

static bool lock_try(void)
{
	return !__atomic_exchange_n(&line.lock, 1, __ATOMIC_ACQUIRE);
}

static void lock(void)
{
	while (!lock_try())
		processor_pause();
}

static void unlock(void)
{
	__atomic_store_n(&line.lock, 0, __ATOMIC_RELEASE);
}

/*
 * Between two looks at a UART that has nothing to say. An emulator serves each
 * port access under one lock for the whole machine: looking without a pause
 * keeps it from the very thread that brings the bytes.
 */
static void relax(void)
{
	uint64_t end = processor_tsc() + kernel_tsc_per_ms() / 16;

	while (processor_tsc() < end)
		processor_pause();
}

static uint64_t now_ms(void)
{
	return processor_tsc() / kernel_tsc_per_ms();
}

int line_setup(uint16_t port)
{
	line.port = port;
	if (!port)
		return 0;
	line.ring_memory = kernel_large(RING_SIZE);
	line.inbox = kernel_large(HD_MESSAGE_MAX);
	line.outgoing = kernel_large(HD_MESSAGE_MAX);
	line.wire = kernel_large(wire_size());
	if (!line.ring_memory || !line.inbox || !line.outgoing || !line.wire) {
		line_teardown();
		return -12; /* ENOMEM */
	}
	wire_init(line.wire, WIRE_DEBUGGEE, RESEND_MS);
	ring_init(&line.ring, line.ring_memory, RING_SIZE);
	client_add(CLIENT_LINE, false, &line.ring);
	return 0;
}

void line_teardown(void)
{
	client_remove(CLIENT_LINE);
	kernel_large_free(line.ring_memory);
	kernel_large_free(line.inbox);
	kernel_large_free(line.outgoing);
	kernel_large_free(line.wire);
	memset(&line, 0, sizeof(line));
}

void line_start(void)
{
	if (!line.port)
		return;
	line.looked = processor_tsc();
	processor_out8(line.port + UART_IER, 0);
	processor_out8(line.port + UART_LCR, 0x80); /* divisor latch */
	processor_out8(line.port + UART_DATA, 1); /* 115200 */
	processor_out8(line.port + UART_IER, 0);
	processor_out8(line.port + UART_LCR, 0x03); /* 8n1 */
	processor_out8(line.port + UART_FCR, 0x07); /* FIFOs on and empty, interrupt at the first byte */
	processor_out8(line.port + UART_MCR, 0x0b); /* DTR, RTS, OUT2 (the interrupt's gate) */
	processor_out8(line.port + UART_IER, 0x01); /* received data */
}

void line_stop(void)
{
	if (line.port)
		processor_out8(line.port + UART_IER, 0);
}

/*
 * Received bytes are the interrupt's business, so that a break-in meets what
 * the machine was doing and not our thread; here they count only if they have
 * waited for a whole turn, which means that an interrupt was lost.
 */
bool line_has_work(void)
{
	bool waits, waited = line.data_waited;

	if (!line.port)
		return false;
	line.looked = processor_tsc();
	line.starved = false;
	waits = processor_in8(line.port + UART_LSR) & LSR_DATA;
	line.data_waited = waits;
	return !ring_empty(&line.ring) || (waits && waited) || !wire_is_drained(line.wire) || halt_is_wanted();
}

bool line_interrupted(void)
{
	return !(processor_in8(line.port + UART_IIR) & IIR_NONE);
}

/* Bytes in. */
static bool receive_bytes(void)
{
	uint8_t bytes[64];
	size_t n = 0;

	while (n < sizeof(bytes) && processor_in8(line.port + UART_LSR) & LSR_DATA)
		bytes[n++] = processor_in8(line.port + UART_DATA);
	if (n)
		wire_input(line.wire, bytes, n);
	return n;
}

/* Messages from the ring to the wire, as far as it has room. */
static bool fill_wire(void)
{
	bool moved = false;

	while (wire_is_up(line.wire) && !ring_empty(&line.ring)) {
		const struct hd_message *message = (const struct hd_message *)line.outgoing;
		size_t size = ring_peek(&line.ring);

		if (!wire_has_room(line.wire, size))
			break;
		ring_take(&line.ring, line.outgoing, HD_MESSAGE_MAX);
		wire_send(line.wire, message, message + 1, message->size, NULL, 0);
		moved = true;
	}
	return moved;
}

/* One FIFO's worth of bytes out, if the transmitter is empty. */
static bool transmit_bytes(void)
{
	uint8_t bytes[UART_FIFO];
	size_t n, i;

	if (!(processor_in8(line.port + UART_LSR) & LSR_THR_EMPTY))
		return false;
	n = wire_output(line.wire, bytes, sizeof(bytes));
	for (i = 0; i < n; i++)
		processor_out8(line.port + UART_DATA, bytes[i]);
	return n;
}

/* One turn: true if anything moved. Lock held. */
static bool pump(void)
{
	bool moved;

	wire_poll(line.wire, now_ms());
	moved = receive_bytes();
	moved |= fill_wire();
	moved |= transmit_bytes();
	if (moved)
		line.stalled = false;
	return moved;
}

/*
 * Pumps until nothing moves any more, at most `turns` turns, or until the
 * inbox holds a request. Lock held.
 */
static void pump_for_request(unsigned int turns)
{
	const struct hd_message *received;
	bool moved = true;

	while (!line.inbox_full && moved && turns--) {
		moved = pump();
		if (wire_take_opened(line.wire))
			halt_debugger_came();
		received = wire_receive(line.wire);
		if (received) {
			memcpy(line.inbox, received, sizeof(*received) + received->size);
			line.inbox_full = true;
		}
	}
}

const struct hd_message *line_next_request(void)
{
	bool taken;

	if (!line.port)
		return NULL;
	lock();
	pump_for_request(64);
	taken = line.inbox_full;
	line.inbox_full = false;
	unlock();
	if (!taken)
		relax();
	return taken ? (const struct hd_message *)line.inbox : NULL;
}

/*
 * In a running machine: bounded in what it moves, so that interrupts are not
 * held for long. A request waits in the inbox until somebody owns the world:
 * if that is another core, which has just halted, it serves the request.
 */
void line_serve(struct vcpu *vcpu, bool in_thread)
{
	const struct hd_message *message;
	bool waiting = line.port;

	if (in_thread && halt_is_wanted()) {
		bool mine = world_stop(&world, vcpu->core);

		halt_if_wanted(vcpu, true);
		if (mine)
			world_release(&world, vcpu->core);
	}
	while (waiting) {
		lock();
		pump_for_request(64);
		waiting = line.inbox_full;
		unlock();
		if (!waiting)
			break;
		world_stop(&world, vcpu->core);
		message = line_next_request();
		if (message)
			request_serve(vcpu, vcpu, client_of(CLIENT_LINE), message);
		halt_if_wanted(vcpu, in_thread);
		if (world_owned(&world, vcpu->core) && !vcpu->step_wanted)
			world_release(&world, vcpu->core);
	}
}

/* Hexadecimal digits without leading zeros; how many. */
static size_t number_text(char *text, uint64_t value)
{
	size_t digits = 1, i;

	while (digits < 16 && value >> digits * 4)
		digits++;
	for (i = 0; i < digits; i++)
		text[i] = "0123456789abcdef"[value >> (digits - 1 - i) * 4 & 15];
	return digits;
}

static void tell_starved(const struct vcpu *vcpu)
{
	static const char often[] = "the debuggee has no time left for itself: an event fires too often; "
				    "clear it, or restrict it further";
	static const char walks[] = "the debuggee has no time left for itself: a watched page holds page tables, "
				    "and each translation stops there; leave it out, physical page ";
	char text[sizeof(walks) + 16];
	size_t size = sizeof(often) - 1;

	if (__atomic_exchange_n(&line.starved, true, __ATOMIC_RELAXED))
		return;
	memcpy(text, often, size);
	if (vcpu->walk_exits > vcpu->exits[HD_EXIT_PAGING] / 2) {
		memcpy(text, walks, sizeof(walks) - 1);
		size = sizeof(walks) - 1 + number_text(text + sizeof(walks) - 1, vcpu->walk_address & ~(PAGING_BYTES - 1));
	}
	client_note(client_of(CLIENT_LINE), HD_NOTE_LINE, NULL, 0, text, size);
}

void line_watch(struct vcpu *vcpu)
{
	uint64_t looked = __atomic_load_n(&line.looked, __ATOMIC_RELAXED);

	/* `t` with a count: the others are held, and halt_go_on_stepping() looks. */
	if (world_owned(&world, vcpu->core))
		return;
	if (vcpu->looked != looked) {
		vcpu->looked = looked;
		vcpu->looks = 0;
	}
	if (!line.port || ++vcpu->looks < STARVED_LOOKS ||
	    processor_tsc() - looked < STARVED_MS * kernel_tsc_per_ms())
		return;
	tell_starved(vcpu);
	line_serve(vcpu, false);
	line_flush();
	/* Nor does it come to an instruction with interrupts enabled, which a break-in would wait for. */
	if (halt_is_wanted())
		halt_at_window(vcpu);
}

static uint64_t ring_room(void)
{
	return line.ring.size - (__atomic_load_n(&line.ring.head, __ATOMIC_ACQUIRE) - line.ring.tail);
}

bool line_make_room(void)
{
	uint64_t end;
	bool moved, enough = false;

	if (!line.port || !wire_is_up(line.wire) || line.stalled)
		return false;
	end = processor_tsc() + ROOM_MS * kernel_tsc_per_ms();
	do {
		lock();
		moved = pump();
		enough = ring_room() > RING_SIZE / 4;
		unlock();
		/* A wait like any other: who stops the world need not wait for it. */
		world_park(&world, kernel_this_core());
		if (!moved && !enough)
			relax();
	} while (!enough && processor_tsc() < end);
	if (!enough)
		line.stalled = true;
	return enough;
}

void line_go_on(void)
{
	line.looked = processor_tsc();
	line_flush();
}

void line_flush(void)
{
	unsigned int turns = 1024;

	if (!line.port)
		return;
	lock();
	while (pump() && --turns)
		;
	unlock();
}

void line_drain(void)
{
	uint64_t end;

	if (!line.port || !wire_is_up(line.wire))
		return;
	end = processor_tsc() + DRAIN_MS * kernel_tsc_per_ms();
	do {
		bool moved;

		lock();
		moved = pump();
		unlock();
		if (!moved)
			relax();
	} while ((!ring_empty(&line.ring) || !wire_is_drained(line.wire)) && processor_tsc() < end);
}

void line_damage(uint64_t *bad_frames, uint64_t *resent)
{
	*bad_frames = line.port ? wire_bad_frames(line.wire) : 0;
	*resent = line.port ? wire_resent(line.wire) : 0;
}
