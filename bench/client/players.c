/* Thousands of players in one process: each looks at the end of two HLS playlists every two seconds and fetches what is
 * new of picture and sound, over a connection that it keeps. Knows no media: what it fetches is counted and thrown away.
 *
 *   players PORT COUNT PICTURE SOUND LIST
 *
 * PICTURE and SOUND are the folders of the two playlists ("/…/picture/"), LIST is the playlist's name in them, with its
 * query if it has one. A segment is called by its number: "17.m4s". Players begin at different moments of the two
 * seconds, with the newest segment, and from then on fetch every one.
 *
 * A round is what a player does every two seconds: two playlists, and usually one segment of each. A round that is not
 * over when the next one should begin is late: a player that has two seconds in hand would stand still.
 *
 * Reads lines from standard input: "report" prints what was done since the last report as a line of JSON.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ROUND_MS = 2000, BODY = 16384, HEAD = 2048, BUCKETS = 100000, A_SOURCE = 10000 };
enum { PICTURE, SOUND, KINDS };

struct player {
    int fd;
    bool busy, listing, has_head, begun;
    int kind;
    int64_t due, asked, left;
    long have[KINDS], newest;
    size_t got;
    char text[BODY];
};

static struct player *players;
static int count, port, epoll_fd;
static const char *folders[KINDS], *list;
static uint64_t requests, bytes, lists, segments, rounds, late, errors;
static uint32_t segment_ms[BUCKETS], round_ms[BUCKETS];

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void note(uint32_t *buckets, int64_t ns) {
    int64_t bucket = ns / 100000; /* 0.1 ms */
    buckets[bucket < 0 ? 0 : bucket < BUCKETS ? bucket : BUCKETS - 1]++;
}

static double share(const uint32_t *buckets, double wanted) {
    uint64_t all = 0, seen = 0;
    for (int i = 0; i < BUCKETS; i++) all += buckets[i];
    for (int i = 0; i < BUCKETS; i++)
        if (buckets[i] && (double)(seen += buckets[i]) >= wanted * (double)all) return (i + 1) / 10.0;
    return 0;
}

/* --- asking --------------------------------------------------------------------------------------------------- */

static void connect_again(struct player *p) {
    struct sockaddr_in here = {.sin_family = AF_INET}, there = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    here.sin_addr.s_addr = htonl(0x7f000001u + (uint32_t)((p - players) / A_SOURCE));
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (p->fd >= 0) close(p->fd);
    p->fd = socket(AF_INET, SOCK_STREAM, 0);
    int one = 1;
    setsockopt(p->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    if (bind(p->fd, (struct sockaddr *)&here, sizeof here)) perror("bind"), exit(1);
    if (connect(p->fd, (struct sockaddr *)&there, sizeof there)) perror("connect"), exit(1);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = p};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, p->fd, &event);
}

static void ask(struct player *p, bool listing) {
    char request[1024], name[64];
    snprintf(name, sizeof name, "%ld.m4s", p->have[p->kind] + 1);
    int length = snprintf(request, sizeof request, "GET %s%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", folders[p->kind],
                          listing ? list : name, port);
    p->listing = listing;
    p->has_head = false;
    p->got = 0;
    p->asked = now_ns();
    requests++;
    if (p->fd < 0 || send(p->fd, request, (size_t)length, MSG_NOSIGNAL) != length) {
        connect_again(p);
        if (send(p->fd, request, (size_t)length, MSG_NOSIGNAL) != length) errors++;
    }
}

static void begin_round(struct player *p) {
    p->busy = true;
    p->kind = PICTURE;
    ask(p, true);
}

static void end_round(struct player *p, int64_t now) {
    p->busy = false;
    rounds++;
    note(round_ms, now - p->due);
    p->due += ROUND_MS * 1000000LL;
    if (now > p->due) {
        late++;
        p->due = now;
    }
}

static void go_on(struct player *p, int64_t now) {
    if (p->have[p->kind] < p->newest) ask(p, false);
    else if (p->kind == PICTURE) p->kind = SOUND, ask(p, true);
    else end_round(p, now);
}

/* --- what comes ----------------------------------------------------------------------------------------------- */

static long newest_in(const char *text) {
    long newest = 0;
    for (const char *at = text; (at = strstr(at, ".m4s")); at++) {
        const char *digits = at;
        while (digits > text && digits[-1] >= '0' && digits[-1] <= '9') digits--;
        if (digits < at) newest = atol(digits);
    }
    return newest;
}

static void take_whole(struct player *p) {
    int64_t now = now_ns();
    if (p->listing) {
        lists++;
        p->text[p->got] = 0;
        p->newest = newest_in(p->text);
        if (!p->have[p->kind]) p->have[p->kind] = p->newest - 1;
        if (p->newest < p->have[p->kind]) errors++, p->newest = p->have[p->kind];
    } else {
        segments++;
        p->have[p->kind]++;
        note(segment_ms, now - p->asked);
    }
    go_on(p, now);
}

static void lose(struct player *p) {
    errors++;
    close(p->fd);
    p->fd = -1;
    end_round(p, now_ns());
}

/* Reads the head; what comes behind it in the same piece belongs to the body. */
static bool take_head(struct player *p) {
    ssize_t got = recv(p->fd, p->text + p->got, HEAD - p->got - 1, 0);
    if (got <= 0) {
        lose(p);
        return false;
    }
    bytes += (uint64_t)got;
    p->got += (size_t)got;
    p->text[p->got] = 0;
    char *end = strstr(p->text, "\r\n\r\n"), *length = strcasestr(p->text, "\r\ncontent-length:");
    if (!end) return false;
    if (memcmp(p->text + 9, "200", 3) || !length || length > end) {
        lose(p);
        return false;
    }
    size_t behind = p->got - (size_t)(end + 4 - p->text);
    p->left = atoll(length + 17) - (int64_t)behind;
    memmove(p->text, end + 4, behind);
    p->got = behind;
    p->has_head = true;
    return true;
}

static void hear(struct player *p) {
    if (!p->busy) {
        char nothing;
        if (recv(p->fd, &nothing, 1, 0) <= 0) close(p->fd), p->fd = -1; /* the server did not want to wait */
        return;
    }
    if (!p->has_head) {
        if (take_head(p) && p->left == 0) take_whole(p);
        return;
    }
    bool kept = p->listing && p->got + (size_t)p->left < BODY;
    ssize_t got = recv(p->fd, kept ? p->text + p->got : NULL, (size_t)p->left, kept ? 0 : MSG_TRUNC);
    if (got <= 0) {
        lose(p);
        return;
    }
    bytes += (uint64_t)got;
    p->left -= got;
    if (kept) p->got += (size_t)got;
    if (p->left == 0) take_whole(p);
}

/* --- what is told --------------------------------------------------------------------------------------------- */

static void report(void) {
    printf("{\"requests\": %llu, \"bytes\": %llu, \"lists\": %llu, \"segments\": %llu, \"rounds\": %llu, \"late\": %llu, "
           "\"errors\": %llu, \"segment_p50_ms\": %.1f, \"segment_p99_ms\": %.1f, \"round_p99_ms\": %.1f}\n",
           (unsigned long long)requests, (unsigned long long)bytes, (unsigned long long)lists,
           (unsigned long long)segments, (unsigned long long)rounds, (unsigned long long)late,
           (unsigned long long)errors, share(segment_ms, .5), share(segment_ms, .99), share(round_ms, .99));
    fflush(stdout);
    requests = bytes = lists = segments = rounds = late = errors = 0;
    memset(segment_ms, 0, sizeof segment_ms);
    memset(round_ms, 0, sizeof round_ms);
}

static void obey(void) {
    char line[256];
    if (read(0, line, sizeof line) <= 0) exit(0);
    report();
}

int main(int argc, char **argv) {
    if (argc != 6) fprintf(stderr, "usage: players PORT COUNT PICTURE SOUND LIST\n"), exit(2);
    port = atoi(argv[1]);
    count = atoi(argv[2]);
    folders[PICTURE] = argv[3];
    folders[SOUND] = argv[4];
    list = argv[5];
    players = calloc((size_t)count, sizeof *players);
    epoll_fd = epoll_create1(0);
    struct epoll_event commands = {.events = EPOLLIN, .data.ptr = NULL}, events[512];
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, 0, &commands);
    int64_t begun = now_ns();
    for (int i = 0; i < count; i++) {
        players[i].fd = -1;
        players[i].due = begun + (int64_t)((double)i / count * ROUND_MS * 1e6);
    }
    for (;;) {
        int ready = epoll_wait(epoll_fd, events, 512, 2);
        for (int i = 0; i < ready; i++) {
            if (!events[i].data.ptr) obey();
            else hear(events[i].data.ptr);
        }
        int64_t now = now_ns();
        for (int i = 0; i < count; i++)
            if (!players[i].busy && players[i].due <= now) begin_round(&players[i]);
    }
}
