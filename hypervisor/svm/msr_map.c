// SPDX-License-Identifier: GPL-2.0
/*
 * The MSR permission map: two bits an MSR, read and write, three ranges
 * (volume 2, 15.11). One map for all cores; changed while the world is stopped.
 */
#include "hypervisor/linux/kernel.h"
#include "hypervisor/processor.h"
#include "hypervisor/svm/svm.h"

static const struct {
	uint32_t first, last;
	uint32_t offset; /* in bytes */
} ranges[] = {
	{ 0x00000000, 0x00001fff, 0x0000 },
	{ 0xc0000000, 0xc0001fff, 0x0800 },
	{ 0xc0010000, 0xc0011fff, 0x1000 },
};

/* MSRs that the guest must never reach itself. */
static const struct {
	uint32_t msr;
	bool read, write;
} guarded[] = {
	{ MSR_EFER, false, true }, /* SVME must stay set while we run */
	{ MSR_VM_CR, false, true },
	{ MSR_PAT, false, true }, /* g_pat follows it */
	{ MSR_VM_HSAVE_PA, true, true },
};

static uint8_t *map;

int svm_msr_map_setup(void)
{
	map = kernel_pages(SVM_MSR_MAP_SIZE);
	if (!map)
		return -12; /* ENOMEM */
	svm_msr_map_clear();
	return 0;
}

void svm_msr_map_teardown(void)
{
	kernel_pages_free(map, SVM_MSR_MAP_SIZE);
	map = NULL;
}

uint64_t svm_msr_map_physical(void)
{
	return kernel_physical(map);
}

void svm_msr_map_clear(void)
{
	unsigned int i;

	memset(map, 0, SVM_MSR_MAP_SIZE);
	for (i = 0; i < HD_ARRAY_SIZE(guarded); i++)
		svm_msr_map_set(guarded[i].msr, guarded[i].read, guarded[i].write);
}

/* Outside the three ranges every access exits anyway: nothing to set. */
void svm_msr_map_set(uint32_t msr, bool read, bool write)
{
	unsigned int i;

	for (i = 0; i < HD_ARRAY_SIZE(ranges); i++) {
		if (msr >= ranges[i].first && msr <= ranges[i].last) {
			uint32_t bit = (msr - ranges[i].first) * 2;
			uint8_t *byte = map + ranges[i].offset + bit / 8;

			*byte |= (uint8_t)((read ? 1u : 0) << bit % 8 | (write ? 2u : 0) << bit % 8);
			return;
		}
	}
}

void svm_msr_map_all(bool read, bool write)
{
	uint8_t pattern = (uint8_t)((read ? 0x55 : 0) | (write ? 0xaa : 0));
	unsigned int i;

	for (i = 0; i < 0x1800; i++)
		map[i] |= pattern;
}
