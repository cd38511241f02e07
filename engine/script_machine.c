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

	memset(name, 0, 32);
	error = script_host_error(vm, vm->run->host->process_name(vm->run->self, name, 31), 0);
	*value = (uint64_t)(uintptr_t)name;
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
	return script_host_error(vm, run->host->read_pseudo(run->self, number, value), number);
}
