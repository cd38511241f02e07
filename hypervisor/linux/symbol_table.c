// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/kallsyms.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/rculist.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <linux/version.h>
#include <linux/vmalloc.h>

#include "hypervisor/linux/symbol_table.h"
#include "hypervisor/linux/symbols.h"

#define KERNEL_NAME "vmlinux"
#define BUCKETS (1u << 16)
#define NO_ENTRY U32_MAX
/* A name further from an address than that is not its own. */
#define FAR (1ull << 24)
#define NEAR_NAMES 6
#define NEAR_LENGTH 64

struct entry {
	u64 address;
	u32 name, module; /* offsets in the text */
	u32 next; /* in its bucket */
};

struct table {
	struct entry *entries; /* the kernel's, then the modules', each part by address */
	char *text;
	u32 count, kernel_count, capacity;
	u32 text_used, text_size;
	u32 last_module; /* offset of the name that the last entry has */
	u32 buckets[BUCKETS];
};

static struct table *table;

static u32 bucket_of(const char *name, size_t length)
{
	u32 hash = 2166136261u;

	while (length--)
		hash = (hash ^ (u8)*name++) * 16777619u;
	return (hash ^ hash >> 16) & (BUCKETS - 1);
}

static void *grown(void *old, size_t used, size_t size)
{
	void *memory = vmalloc(size);

	if (memory && used)
		memcpy(memory, old, used);
	vfree(old);
	return memory;
}

/* 0, or -ENOMEM, with the table empty. */
static int make_room(struct table *t, size_t text)
{
	if (t->count == t->capacity) {
		t->capacity = t->capacity ? t->capacity * 2 : 131072;
		t->entries = grown(t->entries, t->count * sizeof(*t->entries), t->capacity * sizeof(*t->entries));
	}
	if (t->text_used + text > t->text_size) {
		t->text_size = t->text_size ? t->text_size * 2 : 4u << 20;
		t->text = grown(t->text, t->text_used, t->text_size);
	}
	return t->entries && t->text ? 0 : -ENOMEM;
}

static u32 add_text(struct table *t, const char *text, size_t length)
{
	u32 at = t->text_used;

	memcpy(t->text + at, text, length);
	t->text[at + length] = 0;
	t->text_used += length + 1;
	return at;
}

static int add(struct table *t, const char *name, const char *module, u64 address)
{
	size_t length = strlen(name);
	struct entry *entry;
	int err = make_room(t, length + strlen(module) + 2);

	if (err)
		return err;
	if (!t->count || strcmp(t->text + t->last_module, module))
		t->last_module = add_text(t, module, strlen(module));
	entry = &t->entries[t->count++];
	entry->address = address;
	entry->module = t->last_module;
	entry->name = add_text(t, name, length);
	return 0;
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
static int add_symbol(void *self, const char *name, struct module *module, unsigned long address)
{
	/* The kernel's own come in the order of their addresses. */
	return add(self, name, module ? module->name : KERNEL_NAME, address);
}

static int gather(struct table *t)
{
	typedef int (*visit_fn)(void *, const char *, struct module *, unsigned long);
	int (*each)(visit_fn visit, void *self) = (void *)symbols_address("kallsyms_on_each_symbol");
	int (*each_of_modules)(visit_fn visit, void *self) = (void *)symbols_address("module_kallsyms_on_each_symbol");
	int err = each ? each(add_symbol, t) : -ENOENT;

	t->kernel_count = t->count;
	if (!err && each_of_modules)
		err = each_of_modules(add_symbol, t);
	return err;
}
#else
typedef int (*visit_fn)(void *self, const char *name, unsigned long address);

#define MODULES_MAX 512

/* One module's symbols go on: its name is not among what a visit is told. */
struct visit {
	struct table *table;
	const char *module;
};

static int add_symbol(void *self, const char *name, unsigned long address)
{
	const struct visit *visit = self;

	return add(visit->table, name, visit->module, address);
}

/* The names of the modules that are loaded now; how many. */
static unsigned int module_names(char names[][MODULE_NAME_LEN])
{
	struct list_head *modules = (void *)symbols_address("modules");
	const struct module *module;
	unsigned int count = 0;

	if (!modules)
		return 0;
	rcu_read_lock();
	list_for_each_entry_rcu(module, modules, list) {
		if (count < MODULES_MAX && module->state != MODULE_STATE_UNFORMED)
			strscpy(names[count++], module->name, MODULE_NAME_LEN);
	}
	rcu_read_unlock();
	return count;
}

static int gather_modules(struct table *t)
{
	int (*each)(const char *module, visit_fn visit, void *self) =
		(void *)symbols_address("module_kallsyms_on_each_symbol");
	char (*names)[MODULE_NAME_LEN] = vmalloc(MODULES_MAX * sizeof(*names));
	unsigned int count, i;
	int err = 0;

	if (!names)
		return -ENOMEM;
	count = each ? module_names(names) : 0;
	for (i = 0; i < count && !err; i++) {
		struct visit visit = { t, names[i] };

		err = each(names[i], add_symbol, &visit);
	}
	vfree(names);
	return err;
}

static int gather(struct table *t)
{
	int (*each)(visit_fn visit, void *self) = (void *)symbols_address("kallsyms_on_each_symbol");
	struct visit visit = { t, KERNEL_NAME };
	int err = each ? each(add_symbol, &visit) : -ENOENT;

	t->kernel_count = t->count;
	return err ? err : gather_modules(t);
}
#endif

static int by_address(const void *a, const void *b)
{
	u64 x = ((const struct entry *)a)->address, y = ((const struct entry *)b)->address;

	return x < y ? -1 : x > y;
}

static void sort_part(struct entry *entries, u32 count)
{
	u32 i;

	for (i = 1; i < count && entries[i - 1].address <= entries[i].address; i++)
		;
	if (i < count)
		sort(entries, count, sizeof(*entries), by_address, NULL);
}

static void free_table(struct table *t)
{
	if (!t)
		return;
	vfree(t->entries);
	vfree(t->text);
	vfree(t);
}

static int build(void)
{
	struct table *t = vzalloc(sizeof(*t)), *old = table;
	u32 i;
	int err = t ? gather(t) : -ENOMEM;

	if (err) {
		free_table(t);
		return err;
	}
	sort_part(t->entries, t->kernel_count);
	sort_part(t->entries + t->kernel_count, t->count - t->kernel_count);
	memset(t->buckets, 0xff, sizeof(t->buckets));
	/* From behind, so that a bare name finds the kernel's own first. */
	for (i = t->count; i-- > 0;) {
		const char *name = t->text + t->entries[i].name;
		u32 *bucket = &t->buckets[bucket_of(name, strlen(name))];

		t->entries[i].next = *bucket;
		*bucket = i;
	}
	/* Who reads it has stopped the world, this thread with it: behind the store nobody has the old one. */
	WRITE_ONCE(table, t);
	free_table(old);
	return 0;
}

static int on_module(struct notifier_block *block, unsigned long what, void *module)
{
	if ((what == MODULE_STATE_LIVE || what == MODULE_STATE_GOING) && module != THIS_MODULE)
		build();
	return NOTIFY_DONE;
}

static struct notifier_block module_block = { .notifier_call = on_module };

int symbol_table_start(void)
{
	int err = build();

	return err ? err : register_module_notifier(&module_block);
}

void symbol_table_stop(void)
{
	if (table)
		unregister_module_notifier(&module_block);
	free_table(table);
	table = NULL;
}

/* Host mode. */

static bool is_text(const char *text, const char *what, size_t length)
{
	return !strncmp(text, what, length) && !text[length];
}

uint64_t symbol_table_address(const char *name, size_t length)
{
	const char *bang = memchr(name, '!', length), *module = bang ? name : NULL;
	size_t module_length = bang ? bang - name : 0;
	u32 i;

	if (!table)
		return 0;
	if (bang) {
		length -= module_length + 1;
		name = bang + 1;
	}
	for (i = table->buckets[bucket_of(name, length)]; i != NO_ENTRY; i = table->entries[i].next) {
		const struct entry *entry = &table->entries[i];

		if (is_text(table->text + entry->name, name, length) &&
		    (!module || is_text(table->text + entry->module, module, module_length)))
			return entry->address;
	}
	return 0;
}

/* Edits from one name to the other, or more than `limit`. Names longer than NEAR_LENGTH are far from all. */
static unsigned int distance(const char *a, size_t a_length, const char *b, size_t b_length, unsigned int limit)
{
	unsigned int row[NEAR_LENGTH + 1], i, j;

	for (j = 0; j <= b_length; j++)
		row[j] = j;
	for (i = 1; i <= a_length; i++) {
		unsigned int diagonal = row[0], least = i;

		row[0] = i;
		for (j = 1; j <= b_length; j++) {
			unsigned int changed = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			row[j] = min3(changed, row[j] + 1, row[j - 1] + 1);
			least = min(least, row[j]);
		}
		if (least > limit)
			return limit + 1;
	}
	return row[b_length];
}

/* Adds `module!name` and the end of the line, unless it stands there already or does not fit. */
static size_t put_name(const struct entry *entry, char *to, size_t used, size_t size)
{
	const char *module = table->text + entry->module, *name = table->text + entry->name;
	size_t module_length = strlen(module), length = strlen(name), whole = module_length + length + 2, at;

	if (used + whole > size)
		return used;
	memcpy(to + used, module, module_length);
	to[used + module_length] = '!';
	memcpy(to + used + module_length + 1, name, length);
	to[used + whole - 1] = '\n';
	for (at = 0; at + whole <= used; at++) {
		if ((!at || to[at - 1] == '\n') && !memcmp(to + at, to + used, whole))
			return used;
	}
	return used + whole;
}

size_t symbol_table_near(const char *name, size_t length, char *to, size_t size)
{
	const char *bang = memchr(name, '!', length);
	unsigned int limit, found = 0;
	size_t used = 0;
	u32 i;

	if (bang) {
		length -= bang + 1 - name;
		name = bang + 1;
	}
	if (!table || length < 3 || length > NEAR_LENGTH)
		return 0;
	/* First those that differ by one edit, then by two. Swapped letters are two. */
	for (limit = 1; limit <= 2 && found < NEAR_NAMES; limit++) {
		for (i = 0; i < table->count && found < NEAR_NAMES; i++) {
			const char *other = table->text + table->entries[i].name;
			size_t other_length = strnlen(other, NEAR_LENGTH + 1), before = used;

			if (other_length > NEAR_LENGTH || other_length + limit < length ||
			    other_length > length + limit ||
			    distance(name, length, other, other_length, limit) != limit)
				continue;
			used = put_name(&table->entries[i], to, used, size);
			found += used != before;
		}
	}
	return used;
}

/* The last one of a part at or below an address. */
static const struct entry *below(const struct entry *entries, u32 count, u64 address)
{
	u32 low = 0, high = count;

	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (entries[middle].address <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return NULL;
	/* Of several names of one address the first. */
	for (low--; low && entries[low - 1].address == entries[low].address; low--)
		;
	return &entries[low];
}

static const struct entry *nearest(u64 address)
{
	const struct entry *kernel, *module;

	if (!table)
		return NULL;
	kernel = below(table->entries, table->kernel_count, address);
	module = below(table->entries + table->kernel_count, table->count - table->kernel_count, address);
	if (module && (!kernel || module->address > kernel->address))
		kernel = module;
	return kernel && address - kernel->address < FAR ? kernel : NULL;
}

size_t symbol_table_name(uint64_t address, uint64_t *offset, char *to, size_t size)
{
	const struct entry *entry = nearest(address);
	size_t module_length, length;

	if (!entry)
		return 0;
	module_length = strlen(table->text + entry->module);
	length = strlen(table->text + entry->name);
	if (module_length + 1 + length > size)
		return 0;
	memcpy(to, table->text + entry->module, module_length);
	to[module_length] = '!';
	memcpy(to + module_length + 1, table->text + entry->name, length);
	*offset = address - entry->address;
	return module_length + 1 + length;
}

uint64_t symbol_table_begin(uint64_t address)
{
	const struct entry *entry = nearest(address);

	return entry ? entry->address : 0;
}
