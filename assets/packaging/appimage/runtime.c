/* What stands before the file system in an AppImage (type 2): mounts it, and starts what is inside.
 *
 * A process of its own serves the file system (squashfuse) until the program and all that it started have
 * ended: they hold the writing end of a pipe. So the program keeps this process's id, signals and status.
 */
#define FUSE_USE_VERSION 32
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <squashfuse/ll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *ADVICE =
	"This AppImage could not be mounted. It needs FUSE: sudo apt install fuse3\n"
	"Without it, unpack it: unsquashfs -o \"$(%s --appimage-offset)\" %s, then squashfs-root/AppRun\n";

static struct fuse_lowlevel_ops operations = {
	.getattr = sqfs_ll_op_getattr, .opendir = sqfs_ll_op_opendir, .releasedir = sqfs_ll_op_releasedir,
	.readdir = sqfs_ll_op_readdir, .lookup = sqfs_ll_op_lookup, .open = sqfs_ll_op_open,
	.create = sqfs_ll_op_create, .release = sqfs_ll_op_release, .read = sqfs_ll_op_read,
	.readlink = sqfs_ll_op_readlink, .listxattr = sqfs_ll_op_listxattr, .getxattr = sqfs_ll_op_getxattr,
	.forget = sqfs_ll_op_forget, .statfs = stfs_ll_op_statfs,
};

/* Where this program ends and the file system begins: its section headers are last. 0: no such file. */
static size_t offset_of(const char *file)
{
	Elf64_Ehdr head;
	int in = open(file, O_RDONLY | O_CLOEXEC);
	ssize_t had = in < 0 ? -1 : read(in, &head, sizeof head);
	if (in >= 0)
		close(in);
	return had == sizeof head ? head.e_shoff + (size_t)head.e_shentsize * head.e_shnum : 0;
}

/* Serves until nobody holds the other end of `holders` any more. */
static void serve(struct fuse_session *session, int holders)
{
	struct fuse_buf buffer = {0};
	struct pollfd waits[] = {{fuse_session_fd(session), POLLIN, 0}, {holders, POLLIN, 0}};
	while (!fuse_session_exited(session)) {
		if (poll(waits, 2, -1) < 0 && errno != EINTR)
			break;
		if (waits[1].revents)
			break;
		if (!waits[0].revents)
			continue;
		int had = fuse_session_receive_buf(session, &buffer);
		if (had == -EINTR)
			continue;
		if (had <= 0)
			break;
		fuse_session_process_buf(session, &buffer);
	}
	free(buffer.mem);
}

/* The process that serves. Says one octet to `ready` when it is mounted. */
static int mounted(const char *file, size_t offset, const char *folder, int ready, int holders)
{
	char *words[] = {"companion", "-o", "ro,nodev,nosuid,fsname=companion", NULL};
	struct fuse_args arguments = FUSE_ARGS_INIT(3, words);
	sqfs_ll_chan channel;
	/* The program's output ends with the program. */
	int nowhere = open("/dev/null", O_RDWR);
	sqfs_ll *system = sqfs_ll_open(file, offset);
	if (!system)
		return 1;
	if (sqfs_ll_mount(&channel, folder, &arguments, &operations, sizeof operations, system) != SQFS_OK)
		return 1;
	for (int each = 0; each < 3; each++)
		dup2(nowhere, each);
	setsid();
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	if (write(ready, "", 1) == 1) {
		close(ready);
		serve(channel.session, holders);
	}
	sqfs_ll_unmount(&channel, folder);
	rmdir(folder);
	return 0;
}

static int say_why_not(const char *file)
{
	fprintf(stderr, ADVICE, file, file);
	return 2;
}

int main(int count, char **words)
{
	char file[4096], folder[4096], inside[4200];
	int ready[2], holders[2];
	char octet;
	ssize_t length = readlink("/proc/self/exe", file, sizeof file - 1);
	if (length < 0)
		return say_why_not(words[0]);
	file[length] = 0;
	size_t offset = offset_of(file);
	if (count == 2 && !strcmp(words[1], "--appimage-offset"))
		return printf("%zu\n", offset) < 0;
	const char *place = getenv("TMPDIR");
	snprintf(folder, sizeof folder, "%s/.mount_companion_XXXXXX", place && *place ? place : "/tmp");
	if (!mkdtemp(folder) || pipe2(ready, O_CLOEXEC) || pipe(holders))
		return say_why_not(file);
	pid_t child = fork();
	if (child == 0) {
		close(ready[0]);
		close(holders[1]);
		/* Twice: whoever waits for its children never sees this one. */
		_exit(fork() ? 0 : mounted(file, offset, folder, ready[1], holders[0]));
	}
	close(ready[1]);
	close(holders[0]);
	if (child < 0 || read(ready[0], &octet, 1) != 1) {
		rmdir(folder);
		return say_why_not(file);
	}
	snprintf(inside, sizeof inside, "%s/AppRun", folder);
	setenv("APPIMAGE", file, 1);
	setenv("APPDIR", folder, 1);
	setenv("ARGV0", words[0], 1);
	execv(inside, words);
	return say_why_not(file);
}
