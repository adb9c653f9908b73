/* Thousands of viewers in one process: holds streams open, checks every event that comes, and times it.
 *
 *   viewers PORT COUNT [--mode sse|ws|socketio] [--path /x] [--source N] [--at-once N] [--again MS]
 *
 * An event is any run of 32 bytes "~SSSSSSSSSS TTTTTTTTTTTTTTTTTTT~": its number, one higher than the one before,
 * and the time of its publication in ns of CLOCK_MONOTONIC. Whatever stands around it (SSE fields, chunk sizes,
 * WebSocket frames, JSON) is not looked at, so one client serves all peers alike.
 *
 * Each 10,000 viewers have a loopback address of their own, 127.0.0.(N + i / 10000), for a machine has only about
 * 28,000 ports to connect from. With --again a viewer whose stream ends comes back after a random time of up to MS
 * milliseconds (full jitter), and says the last SSE id it has seen (Last-Event-ID).
 *
 * Reads lines from standard input: "report" prints what was seen since the last report as a line of JSON, "look"
 * does so without beginning anew, "quit" ends. Prints "ready" when all viewers are in for the first time, and "all S" whenever all of them have event S.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MARK = 32, ID = 48, RECENT = 4096, BUCKETS = 300000 };
static const int64_t BUCKET_NS = 100000; /* 0.1 ms; so delays of up to 30 s are told apart */

enum mode { SSE, WS, SOCKETIO };
enum state { OUT, CONNECTING, ASKED, IN };

struct viewer {
    int fd;
    enum state state;
    bool was_in, any;
    uint8_t carried, id_at, id_state;
    char carry[MARK], id[ID], id_next[ID];
    uint64_t last;
    int64_t back_at;
};

static struct viewer *viewers;
static int count, port, source = 1, at_once = 256, again_ms = -1;
static enum mode mode = SSE;
static const char *path = "/stream";
static int epoll_fd, connecting, next_to_connect, in_now;
static bool said_ready;

static uint64_t received, bytes, gaps, repeats, ended, refused, snapshots;
static uint32_t delays[BUCKETS], have[RECENT];
static int64_t longest, last_in_at, last_event_at;

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* --- what came ------------------------------------------------------------------------------------------------ */

static uint64_t number(const char *digits, int length) {
    uint64_t value = 0;
    for (int i = 0; i < length; i++) value = value * 10 + (uint64_t)(digits[i] - '0');
    return value;
}

static void note_delay(int64_t delay) {
    if (delay > longest) longest = delay;
    int64_t bucket = delay < 0 ? 0 : delay / BUCKET_NS;
    delays[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
}

static void take_event(struct viewer *v, const char *mark, int64_t now) {
    uint64_t this = number(mark + 1, 10);
    received++;
    last_event_at = now;
    note_delay(now - (int64_t)number(mark + 12, 19));
    if (v->any && this <= v->last) {
        repeats++;
        return;
    }
    if (v->any) gaps += this - v->last - 1;
    v->any = true;
    v->last = this;
    if (++have[this % RECENT] == (uint32_t)count) {
        printf("all %llu\n", (unsigned long long)this);
        fflush(stdout);
    }
    have[(this + RECENT / 2) % RECENT] = 0;
}

/* Follows "id: X" and "event: now" at the beginning of lines, a byte at a time; only with --again. A snapshot
 * ("event: now") holds everything once more, so the count of a viewer who gets one begins anew. */
static void follow_lines(struct viewer *v, const char *data, size_t length) {
    static const char id_field[] = "\nid: ", now_field[] = "\nevent: now\n";
    for (size_t i = 0; i < length; i++) {
        char c = data[i];
        if (v->id_state == 100) { /* inside an id */
            if (c == '\n' || c == '\r') {
                v->id_next[v->id_at] = 0;
                memcpy(v->id, v->id_next, ID);
                v->id_state = 1;
            } else if (v->id_at < ID - 1) {
                v->id_next[v->id_at++] = c;
            }
        } else if (v->id_state < 5 && c == id_field[v->id_state]) {
            if (++v->id_state == 5) v->id_state = 100, v->id_at = 0;
        } else if ((v->id_state == 1 && c == 'e') || (v->id_state >= 50 && c == now_field[v->id_state - 50])) {
            v->id_state = v->id_state == 1 ? 52 : v->id_state + 1;
            if (v->id_state == 62) snapshots++, v->any = false, v->id_state = 1;
        } else {
            v->id_state = c == '\n';
        }
    }
}

static void take_bytes(struct viewer *v, char *data, size_t length, int64_t now) {
    char *end = data + length, *at = data;
    while ((at = memchr(at, '~', (size_t)(end - at)))) {
        if (end - at < MARK) break;
        if (at[MARK - 1] == '~') {
            take_event(v, at, now);
            at += MARK;
        } else {
            at++;
        }
    }
    v->carried = at ? (uint8_t)(end - at) : 0;
    if (at) memcpy(v->carry, at, v->carried);
}

/* --- in and out ----------------------------------------------------------------------------------------------- */

static void leave(struct viewer *v) {
    if (v->state == CONNECTING || v->state == ASKED) connecting--;
    if (v->state == IN) in_now--, ended++;
    else refused++;
    close(v->fd);
    v->fd = -1;
    v->state = OUT;
    v->carried = v->id_state = 0;
    v->back_at = again_ms < 0 ? INT64_MAX : now_ns() + (int64_t)(drand48() * again_ms * 1e6);
}

static void go(struct viewer *v) {
    int index = (int)(v - viewers);
    struct sockaddr_in here = {.sin_family = AF_INET}, there = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    here.sin_addr.s_addr = htonl(0x7f000000u + (uint32_t)(source + index / 10000));
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    v->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (v->fd < 0) perror("socket"), exit(1);
    int one = 1;
    setsockopt(v->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    if (bind(v->fd, (struct sockaddr *)&here, sizeof here)) perror("bind"), exit(1);
    connecting++;
    v->state = CONNECTING;
    if (connect(v->fd, (struct sockaddr *)&there, sizeof there) && errno != EINPROGRESS) {
        leave(v);
        return;
    }
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = v};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, v->fd, &event);
}

static void ask(struct viewer *v) {
    char request[512], resume[ID + 32] = "";
    if (v->id[0]) snprintf(resume, sizeof resume, "Last-Event-ID: %s\r\n", v->id);
    const char *upgrade = mode == SSE ? "Accept: text/event-stream\r\n"
        : "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s%s\r\n", path, port,
                          upgrade, resume);
    v->state = ASKED;
    if (send(v->fd, request, (size_t)length, MSG_NOSIGNAL) != length) {
        leave(v);
        return;
    }
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = v};
    epoll_ctl(epoll_fd, EPOLL_CTL_MOD, v->fd, &event);
}

static void come_in(struct viewer *v, int64_t now) {
    v->state = IN;
    connecting--;
    last_in_at = now;
    if (++in_now == count && !said_ready) {
        said_ready = true;
        printf("ready\n");
        fflush(stdout);
    }
}

/* A Socket.IO viewer is in when the server has answered its "40"; every frame of ours is masked with zeros. */
static void come_in_by_socketio(struct viewer *v, const char *data, size_t length, int64_t now) {
    static const char connect_packet[] = {(char)0x81, (char)0x82, 0, 0, 0, 0, '4', '0'};
    if (memmem(data, length, "40{", 3)) come_in(v, now);
    else if (memmem(data, length, "0{\"sid", 6)) send(v->fd, connect_packet, sizeof connect_packet, MSG_NOSIGNAL);
}

static void hear(struct viewer *v) {
    static char buffer[MARK + (1 << 18)];
    memcpy(buffer, v->carry, v->carried);
    ssize_t got = recv(v->fd, buffer + v->carried, sizeof buffer - MARK, 0);
    if (got <= 0) {
        if (got == 0 || errno != EAGAIN) leave(v);
        return;
    }
    int64_t now = now_ns();
    bytes += (uint64_t)got;
    if (v->state == ASKED && mode == SOCKETIO) {
        come_in_by_socketio(v, buffer, (size_t)got, now);
    } else if (v->state == ASKED) {
        if (got < 12 || (memcmp(buffer + 9, "200", 3) && memcmp(buffer + 9, "101", 3))) {
            leave(v);
            return;
        }
        come_in(v, now);
    }
    if (again_ms >= 0) follow_lines(v, buffer + v->carried, (size_t)got);
    take_bytes(v, buffer, (size_t)got + v->carried, now);
}

static void connect_some(void) {
    while (next_to_connect < count && connecting < at_once) go(&viewers[next_to_connect++]);
    if (again_ms < 0 || in_now + connecting == count) return;
    int64_t now = now_ns();
    for (int i = 0; i < next_to_connect && connecting < 4 * at_once; i++)
        if (viewers[i].state == OUT && viewers[i].back_at <= now) go(&viewers[i]);
}

/* --- what is told --------------------------------------------------------------------------------------------- */

static double delay_ms(double share) {
    uint64_t all = 0, seen = 0;
    for (int i = 0; i < BUCKETS; i++) all += delays[i];
    for (int i = 0; i < BUCKETS; i++)
        if (delays[i] && (double)(seen += delays[i]) >= share * (double)all) return (i + 1) * (double)BUCKET_NS / 1e6;
    return 0;
}

static void report(void) {
    uint64_t least = UINT64_MAX, most = 0;
    for (int i = 0; i < count; i++) {
        uint64_t last = viewers[i].any ? viewers[i].last : 0;
        if (last < least) least = last;
        if (last > most) most = last;
    }
    printf("{\"in\": %d, \"received\": %llu, \"bytes\": %llu, \"gaps\": %llu, \"repeats\": %llu, \"ended\": %llu, "
           "\"refused\": %llu, \"snapshots\": %llu, \"least\": %llu, \"most\": %llu, \"p50_ms\": %.1f, \"p95_ms\": %.1f, "
           "\"p99_ms\": %.1f, \"max_ms\": %.1f, \"last_in_ns\": %lld, \"last_event_ns\": %lld}\n",
           in_now, (unsigned long long)received, (unsigned long long)bytes, (unsigned long long)gaps,
           (unsigned long long)repeats, (unsigned long long)ended, (unsigned long long)refused,
           (unsigned long long)snapshots, (unsigned long long)least, (unsigned long long)most, delay_ms(.5), delay_ms(.95),
           delay_ms(.99), (double)longest / 1e6, (long long)last_in_at, (long long)last_event_at);
    fflush(stdout);
}

static void begin_anew(void) {
    received = bytes = gaps = repeats = ended = refused = snapshots = 0;
    longest = 0;
    memset(delays, 0, sizeof delays);
}

static void obey(void) {
    static char line[256];
    ssize_t got = read(0, line, sizeof line - 1);
    if (got <= 0) exit(0);
    line[got] = 0;
    if (strstr(line, "look")) report();
    if (strstr(line, "report")) report(), begin_anew();
    if (strstr(line, "quit")) exit(0);
}

static void read_options(int argc, char **argv) {
    if (argc < 3) fprintf(stderr, "usage: viewers PORT COUNT [options, see the source]\n"), exit(2);
    port = atoi(argv[1]);
    count = atoi(argv[2]);
    for (int i = 3; i + 1 < argc; i += 2) {
        const char *name = argv[i], *value = argv[i + 1];
        if (!strcmp(name, "--mode")) mode = !strcmp(value, "ws") ? WS : !strcmp(value, "socketio") ? SOCKETIO : SSE;
        else if (!strcmp(name, "--path")) path = value;
        else if (!strcmp(name, "--source")) source = atoi(value);
        else if (!strcmp(name, "--at-once")) at_once = atoi(value);
        else if (!strcmp(name, "--again")) again_ms = atoi(value);
        else fprintf(stderr, "unknown option %s\n", name), exit(2);
    }
}

int main(int argc, char **argv) {
    read_options(argc, argv);
    srand48(getpid());
    viewers = calloc((size_t)count, sizeof *viewers);
    for (int i = 0; i < count; i++) viewers[i].fd = -1;
    epoll_fd = epoll_create1(0);
    struct epoll_event commands = {.events = EPOLLIN, .data.ptr = NULL}, events[512];
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, 0, &commands);
    for (;;) {
        connect_some();
        int ready = epoll_wait(epoll_fd, events, 512, in_now == count ? -1 : 10);
        for (int i = 0; i < ready; i++) {
            struct viewer *v = events[i].data.ptr;
            if (!v) obey();
            else if (v->state == CONNECTING && !(events[i].events & (EPOLLERR | EPOLLHUP))) ask(v);
            else if (v->state == CONNECTING) leave(v);
            else hear(v);
        }
    }
}
