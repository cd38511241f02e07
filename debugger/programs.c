// SPDX-License-Identifier: GPL-2.0
/* Symbols of user programs, read with libelf. */
#include "debugger/programs.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "debugger/near.h"
#include "debugger/symbols.h"

struct program {
	struct program *next;
	char name[64], path[PATH_MAX];
	struct program_symbol *symbols; /* by address */
	size_t count;
};

static struct program *programs;

/* Beside this program is the folder with what the embedded machine runs. */
static bool find_own(const char *name, char *path, size_t size)
{
	char own[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", own, sizeof(own) - 1);
	char *slash;

	if (n < 0 || strchr(name, '/'))
		return false;
	own[n] = 0;
	slash = strrchr(own, '/');
	*slash = 0;
	snprintf(path, size, "%.3000s/guest/%.900s", own, name);
	return access(path, R_OK) == 0;
}

static int by_address(const void *left, const void *right)
{
	const struct program_symbol *a = left, *b = right;

	return a->address < b->address ? -1 : a->address > b->address;
}

static void take_symbols(struct program *program, Elf *elf, Elf_Scn *section, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(section, NULL);
	size_t count = header->sh_entsize ? header->sh_size / header->sh_entsize : 0;

	program->symbols = calloc(count ? count : 1, sizeof(*program->symbols));
	for (size_t i = 0; i < count && data; i++) {
		const char *name;
		GElf_Sym symbol;
		unsigned int type;

		if (!gelf_getsym(data, (int)i, &symbol) || symbol.st_shndx == SHN_UNDEF)
			continue;
		type = GELF_ST_TYPE(symbol.st_info);
		name = elf_strptr(elf, header->sh_link, symbol.st_name);
		if (!name || !*name || (type != STT_FUNC && type != STT_OBJECT && type != STT_NOTYPE))
			continue;
		program->symbols[program->count++] = (struct program_symbol){
			.address = symbol.st_value,
			.size = symbol.st_size,
			.name = strdup(name),
		};
	}
	qsort(program->symbols, program->count, sizeof(*program->symbols), by_address);
}

/* Reads .symtab; false with a reason. */
static bool read_elf(struct program *program, Elf *elf, char *reason, size_t reason_size)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	GElf_Ehdr file;

	if (elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &file)) {
		snprintf(reason, reason_size, "%.300s is no program (no ELF file)", program->path);
		return false;
	}
	if (file.e_type != ET_EXEC) {
		snprintf(reason, reason_size,
			 "%.300s is position-independent: its symbols' addresses differ from process to "
			 "process",
			 program->path);
		return false;
	}
	while ((section = elf_nextscn(elf, section)) != NULL) {
		if (gelf_getshdr(section, &header) && header.sh_type == SHT_SYMTAB) {
			take_symbols(program, elf, section, &header);
			return true;
		}
	}
	snprintf(reason, reason_size, "%.300s has no symbols (it is stripped)", program->path);
	return false;
}

static void free_program(struct program *program)
{
	for (size_t i = 0; i < program->count; i++)
		free(program->symbols[i].name);
	free(program->symbols);
	free(program);
}

bool symbols_load(const char *path, char *reason, size_t reason_size)
{
	struct program *program = calloc(1, sizeof(*program));
	const char *slash = strrchr(path, '/');
	bool good = false;
	Elf *elf;
	int fd;

	snprintf(program->name, sizeof(program->name), "%s", slash ? slash + 1 : path);
	if (!find_own(path, program->path, sizeof(program->path)))
		snprintf(program->path, sizeof(program->path), "%s", path);
	fd = open(program->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		snprintf(reason, reason_size, "the file %.300s cannot be read: %s", path, strerror(errno));
		free(program);
		return false;
	}
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	if (elf)
		good = read_elf(program, elf, reason, reason_size);
	else
		snprintf(reason, reason_size, "%.300s is no program (no ELF file)", path);
	elf_end(elf);
	close(fd);
	if (!good) {
		free_program(program);
		return false;
	}
	symbols_unload(program->name);
	program->next = programs;
	programs = program;
	return true;
}

bool symbols_unload(const char *name)
{
	bool found = !name;

	for (struct program **at = &programs; *at;) {
		struct program *program = *at;

		if (name && strcmp(program->name, name)) {
			at = &program->next;
			continue;
		}
		found = true;
		*at = program->next;
		free_program(program);
	}
	return found;
}

void symbols_each(void (*visit)(const char *program, const char *path, size_t count))
{
	for (const struct program *program = programs; program; program = program->next)
		visit(program->name, program->path, program->count);
}

static const struct program *find(const char *name, size_t length)
{
	const struct program *program = programs;

	while (program && (strlen(program->name) != length || strncmp(program->name, name, length)))
		program = program->next;
	return program;
}

bool program_exists(const char *name, size_t length)
{
	return find(name, length) != NULL;
}

const struct program_symbol *program_find(const char *program_name, size_t length, const char *name)
{
	const struct program *program = find(program_name, length);

	for (size_t i = 0; program && i < program->count; i++) {
		if (!strcmp(program->symbols[i].name, name))
			return &program->symbols[i];
	}
	return NULL;
}

/* Near: one contains the other, they begin alike, or few characters differ. */
static bool is_near(const char *name, const char *candidate)
{
	size_t same = 0;

	while (name[same] && name[same] == candidate[same])
		same++;
	return strstr(candidate, name) || strstr(name, candidate) || (same >= 3 && 2 * same >= strlen(name)) ||
	       near_distance(name, strlen(name), candidate) <= 2;
}

void program_near(const char *program_name, size_t length, const char *name, char *text, size_t size)
{
	const struct program *program = find(program_name, length);
	size_t used = 0, count = 0;

	text[0] = 0;
	for (size_t i = 0; program && i < program->count && count < 5; i++) {
		const char *candidate = program->symbols[i].name;

		if (!is_near(name, candidate) || used + strlen(candidate) + strlen(program->name) + 4 > size)
			continue;
		used += (size_t)snprintf(text + used, size - used, "%s%s!%s", count++ ? ", " : "",
					 program->name, candidate);
	}
}

const struct program_symbol *program_at(const char *program_name, size_t length, uint64_t address)
{
	const struct program *program = find(program_name, length);
	const struct program_symbol *best = NULL;

	for (size_t i = 0; program && i < program->count && program->symbols[i].address <= address; i++)
		best = &program->symbols[i];
	/* Behind a symbol's end there is nothing known, unless it does not say where it ends. */
	if (best && best->size && address - best->address >= best->size)
		return NULL;
	return best;
}
