// SPDX-License-Identifier: GPL-2.0
/*
 * The machine's registers and the pseudo-registers, as a script reads and
 * writes them: in place where the run says where they are, else through the host.
 */
#include "engine/script_vm.h"

int script_read_register(struct script_vm *vm, unsigned int reg, uint64_t *value)
{
	const struct script_run_request *run = vm->run;

	if (reg < HD_GPR_COUNT && run->gpr) {
		*value = run->gpr[reg];
		return 0;
	}
	*value = 0;
	return script_host_error(vm, run->host->read_register(run->self, reg, value), reg);
}

int script_write_register(struct script_vm *vm, unsigned int reg, uint64_t value)
{
	const struct script_run_request *run = vm->run;

	if (reg < HD_GPR_COUNT && run->gpr) {
		run->gpr[reg] = value;
		return 0;
	}
	return script_host_error(vm, run->host->write_register(run->self, reg, value), value);
}

int script_write_part(struct script_vm *vm, unsigned int reg, unsigned int part, uint64_t value)
{
	uint64_t whole;
	int error = script_read_register(vm, reg, &whole);

	return error ? error : script_write_register(vm, reg, script_with_part(whole, part, value));
}

/* $pname is text: the name is put where the script can read it, behind the local memory in use. */
static int read_name(struct script_vm *vm, uint64_t *value)
{
	char *name = (char *)vm->stack->memory + SCRIPT_MEMORY_BYTES;
	int error;

	memset(name, 0, SCRIPT_NAME_BYTES);
	error = script_host_error(vm, vm->run->host->process_name(vm->run->self, name, SCRIPT_NAME_BYTES - 1), 0);
	*value = (uint64_t)(uintptr_t)name;
	return error;
}

static char *put_digits(char *to, unsigned int value, unsigned int digits, char behind)
{
	for (unsigned int i = digits; i--; value /= 10)
		to[i] = (char)('0' + value % 10);
	to[digits] = behind;
	return to + digits + 1;
}

static unsigned int days_of_month(unsigned int year, unsigned int month)
{
	static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month] + (month == 1 && leap);
}

/* 2026-11-25. The calendar repeats after 400 years, which are 146097 days. */
static void put_date(char *to, uint64_t days)
{
	unsigned int year = (unsigned int)(1970 + days / 146097 % 21 * 400);
	unsigned int month = 0, left = (unsigned int)(days % 146097);

	while (left >= days_of_month(year, month)) {
		left -= days_of_month(year, month);
		month = (month + 1) % 12;
		year += !month;
	}
	to = put_digits(to, year, 4, '-');
	to = put_digits(to, month + 1, 2, '-');
	put_digits(to, left + 1, 2, 0);
}

/* $date and $time are texts too; the host knows the seconds. */
static int read_clock(struct script_vm *vm, unsigned int number, uint64_t *value)
{
	char *text = (char *)vm->stack->memory + SCRIPT_MEMORY_BYTES + SCRIPT_NAME_BYTES;
	uint64_t seconds = 0;
	int error = script_host_error(
		vm, vm->run->host->read_pseudo(vm->run->self, (enum hd_pseudo_register)number, &seconds), number);

	if (number == HD_PSEUDO_DATE) {
		put_date(text, seconds / 86400);
	} else {
		unsigned int second = (unsigned int)(seconds % 86400);

		text += SCRIPT_DATE_BYTES;
		put_digits(put_digits(put_digits(text, second / 3600, 2, ':'), second / 60 % 60, 2, ':'), second % 60, 2, 0);
	}
	*value = (uint64_t)(uintptr_t)text;
	return error;
}

int script_read_pseudo(struct script_vm *vm, unsigned int number, uint64_t *value)
{
	const struct script_run_request *run = vm->run;

	if (run->pseudo_known >> number & 1) {
		*value = run->pseudo[number];
		return 0;
	}
	*value = number == HD_PSEUDO_BUFFER ? run->buffer_address : 0;
	if (number == HD_PSEUDO_BUFFER)
		return 0;
	if (number == HD_PSEUDO_PNAME)
		return read_name(vm, value);
	if (number == HD_PSEUDO_DATE || number == HD_PSEUDO_TIME)
		return read_clock(vm, number, value);
	return script_host_error(vm, run->host->read_pseudo(run->self, number, value), number);
}
