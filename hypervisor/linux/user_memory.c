// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/pid.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/version.h>
#include <linux/vmalloc.h>

#include "hypervisor/followed.h"
#include "hypervisor/hypercall.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/linux/user_memory.h"

/* Larger ranges are followed, but not pinned. */
#define PIN_MAX_PAGES (64ul << 20 >> PAGE_SHIFT)
#define PIN_CHUNK 256

/* One event's range in one process. */
struct follower {
	struct list_head link;
	struct mmu_notifier notifier;
	struct followed_range range;
	struct page **pages;
	unsigned long pinned;
	atomic_t under_way; /* invalidations that have begun and not ended */
	bool gone; /* its address space is being torn down: the event has ended */
	bool kept; /* scratch: still wanted */
};

static LIST_HEAD(followers); /* of the thread */
static struct task_struct *thread;
static struct followed_list wanted; /* of the thread */

static void end_event(u64 number, const char *reason)
{
	struct followed_end end = { .number = number };

	strscpy(end.reason, reason, sizeof(end.reason));
	hypercall(HYPERCALL_FOLLOWED_END, (u64)&end);
}

static void tell_changed(struct follower *follower, bool settled, bool emptied)
{
	struct followed_change change = {
		.cr3 = follower->range.cr3,
		.first = follower->range.first,
		.last = follower->range.last,
		.settled = settled,
		.emptied = emptied,
	};

	hypercall(HYPERCALL_FOLLOWED_CHANGE, (u64)&change);
}

static bool overlaps(const struct follower *follower, const struct mmu_notifier_range *range)
{
	return range->start <= follower->range.last && range->end > follower->range.first;
}

static int on_start(struct mmu_notifier *notifier, const struct mmu_notifier_range *range)
{
	struct follower *follower = container_of(notifier, struct follower, notifier);

	if (overlaps(follower, range))
		atomic_inc(&follower->under_way);
	return 0;
}

/* What lies under the range now is watched from here on; what does not lie there any more has gone for good. */
static void on_end(struct mmu_notifier *notifier, const struct mmu_notifier_range *range)
{
	struct follower *follower = container_of(notifier, struct follower, notifier);

	if (overlaps(follower, range))
		tell_changed(follower, atomic_dec_return(&follower->under_way) <= 0 && !READ_ONCE(follower->gone),
			     range->event == MMU_NOTIFY_CLEAR);
}

static void on_release(struct mmu_notifier *notifier, struct mm_struct *mm)
{
	struct follower *follower = container_of(notifier, struct follower, notifier);

	WRITE_ONCE(follower->gone, true);
	end_event(follower->range.number, "its process has ended, or has become another program");
}

static const struct mmu_notifier_ops notifier_ops = {
	.release = on_release,
	.invalidate_range_start = on_start,
	.invalidate_range_end = on_end,
};

static struct mm_struct *mm_of(u32 number)
{
	struct pid *pid = find_get_pid(number);
	struct task_struct *task = pid ? get_pid_task(pid, PIDTYPE_PID) : NULL;
	struct mm_struct *mm = task ? get_task_mm(task) : NULL;

	if (task)
		put_task_struct(task);
	put_pid(pid);
	return mm;
}

static long pin(struct mm_struct *mm, unsigned long address, unsigned long count, unsigned int flags,
		struct page **pages)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
	return pin_user_pages_remote(mm, address, count, flags, pages, NULL);
#else
	return pin_user_pages_remote(mm, address, count, flags, pages, NULL, NULL);
#endif
}

/* For writing where the process may write: a page that it would copy at its first write is its own from now on. */
static unsigned int pin_flags(struct mm_struct *mm, unsigned long address)
{
	struct vm_area_struct *vma = find_vma(mm, address);

	return vma && vma->vm_start <= address && vma->vm_flags & VM_WRITE ? FOLL_WRITE : 0;
}

/* Best effort: what cannot be pinned is still followed. */
static void pin_range(struct follower *follower, struct mm_struct *mm)
{
	unsigned long first = follower->range.first & PAGE_MASK;
	unsigned long count = ((follower->range.last & PAGE_MASK) - first) / PAGE_SIZE + 1;
	long n;

	if (count > PIN_MAX_PAGES)
		return;
	follower->pages = kvcalloc(count, sizeof(*follower->pages), GFP_KERNEL);
	if (!follower->pages)
		return;
	while (follower->pinned < count) {
		unsigned long address = first + follower->pinned * PAGE_SIZE;

		mmap_read_lock(mm);
		n = pin(mm, address, 1, pin_flags(mm, address) | FOLL_LONGTERM, follower->pages + follower->pinned);
		mmap_read_unlock(mm);
		if (n <= 0)
			break;
		follower->pinned += n;
		if (!(follower->pinned % PIN_CHUNK))
			cond_resched();
	}
}

static void let_go(struct follower *follower)
{
	struct mm_struct *mm = follower->notifier.mm;

	mmu_notifier_unregister(&follower->notifier, mm);
	mmdrop(mm);
	if (follower->pinned)
		unpin_user_pages(follower->pages, follower->pinned);
	kvfree(follower->pages);
	list_del(&follower->link);
	kfree(follower);
}

static void follow(const struct followed_range *range)
{
	struct mm_struct *mm = mm_of(range->pid);
	struct follower *follower;
	int err;

	if (!mm || __pa(mm->pgd) != range->cr3) {
		end_event(range->number, "its process has ended, or has become another program");
		goto put;
	}
	follower = kzalloc(sizeof(*follower), GFP_KERNEL);
	if (!follower)
		goto put; /* tried again when the events change next */
	follower->range = *range;
	follower->notifier.ops = &notifier_ops;
	err = mmu_notifier_register(&follower->notifier, mm);
	if (err) {
		kfree(follower);
		end_event(range->number, "the kernel has no memory to follow its process");
		goto put;
	}
	mmgrab(mm);
	list_add(&follower->link, &followers);
	pin_range(follower, mm);
	/* Whatever happened between the definition and the registration. */
	tell_changed(follower, atomic_read(&follower->under_way) <= 0, false);
put:
	if (mm)
		mmput(mm);
}

static void update(void)
{
	struct follower *follower, *next;
	unsigned int i;
	bool known[FOLLOWED_MAX] = { false };

	hypercall(HYPERCALL_FOLLOWED_GET, (u64)&wanted);
	list_for_each_entry_safe(follower, next, &followers, link) {
		follower->kept = false;
		for (i = 0; i < wanted.count; i++) {
			if (wanted.ranges[i].number == follower->range.number)
				known[i] = follower->kept = true;
		}
		if (!follower->kept)
			let_go(follower);
	}
	for (i = 0; i < wanted.count; i++) {
		if (!known[i])
			follow(&wanted.ranges[i]);
	}
}

static void page_in(void)
{
	static struct followed_page_in request; /* of the thread */
	unsigned long address, end;
	struct mm_struct *mm;
	struct page *page;
	long n = 1;

	if (!hypercall(HYPERCALL_FOLLOWED_PAGE_IN, (u64)&request))
		return;
	address = request.address & PAGE_MASK;
	end = request.address + request.size;
	mm = mm_of(request.pid);
	if (mm) {
		for (; address < end && n > 0 && !kthread_should_stop(); address += PAGE_SIZE) {
			mmap_read_lock(mm);
			n = pin(mm, address, 1, request.write ? FOLL_WRITE : 0, &page);
			mmap_read_unlock(mm);
			if (n > 0)
				unpin_user_page(page);
			cond_resched();
		}
		mmput(mm);
	}
	if (!mm)
		snprintf(request.outcome, sizeof(request.outcome), "err, there is no process 0x%x any more",
			 request.pid);
	else if (n <= 0)
		snprintf(request.outcome, sizeof(request.outcome), "err, process 0x%x has no memory at %lx%s",
			 request.pid, address - PAGE_SIZE, request.write ? " that it may write" : "");
	else
		snprintf(request.outcome, sizeof(request.outcome), "paged in: %llx l %llx of process 0x%x",
			 request.address, request.size, request.pid);
	hypercall(HYPERCALL_FOLLOWED_PAGE_IN_DONE, (u64)&request);
}

static int watch(void *unused)
{
	u64 seen = 0, generation;

	while (!kthread_should_stop()) {
		generation = event_generation(events);
		if (generation != seen && (event_any(events, HD_EVENT_MONITOR) || !list_empty(&followers)))
			update();
		seen = generation;
		if (followed_page_in_waits())
			page_in();
		schedule_timeout_interruptible(1);
	}
	return 0;
}

int user_memory_start(void)
{
	thread = kthread_run(watch, NULL, "hyperdbg-memory");
	if (IS_ERR(thread)) {
		int err = PTR_ERR(thread);

		thread = NULL;
		return err;
	}
	return 0;
}

void user_memory_stop(void)
{
	struct follower *follower, *next;

	if (!thread)
		return;
	kthread_stop(thread);
	thread = NULL;
	list_for_each_entry_safe(follower, next, &followers, link)
		let_go(follower);
}
