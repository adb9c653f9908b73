/* The floor: a server that does nothing but send(). GET opens a stream, POST writes its body to all streams.
 *
 *   c_loop PORT
 *
 * It trusts its clients (one read holds a whole request) and drops a stream whose socket is full; it is a measure,
 * not a server.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <netinet/tcp.h>
#include <unistd.h>

static const char STREAM[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
static const char DONE[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

static int streams[20000], stream_count;

static void write_to_all(const char *data, size_t length) {
    int kept = 0;
    for (int i = 0; i < stream_count; i++) {
        if (send(streams[i], data, length, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)length) streams[kept++] = streams[i];
        else close(streams[i]);
    }
    stream_count = kept;
}

static void answer(int fd) {
    static char request[1 << 20];
    ssize_t got = recv(fd, request, sizeof request - 1, 0);
    if (got <= 0) {
        close(fd);
        return;
    }
    request[got] = 0;
    if (!strncmp(request, "GET ", 4)) {
        send(fd, STREAM, sizeof STREAM - 1, MSG_NOSIGNAL);
        streams[stream_count++] = fd;
        return;
    }
    char *body = strstr(request, "\r\n\r\n") + 4, *length = strcasestr(request, "content-length:");
    long wanted = atol(length + 15) - (request + got - body);
    for (ssize_t more; wanted > 0 && (more = recv(fd, request + got, sizeof request - (size_t)got, 0)) > 0; wanted -= more)
        got += more;
    write_to_all(body, (size_t)(request + got - body));
    send(fd, DONE, sizeof DONE - 1, MSG_NOSIGNAL);
}

int main(int argc, char **argv) {
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[argc - 1]))};
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int one = 1, listener = socket(AF_INET, SOCK_STREAM, 0), epoll_fd = epoll_create1(0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) || listen(listener, 4096)) perror("c_loop"), exit(1);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[256];
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int ready = epoll_wait(epoll_fd, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd != listener) {
                answer(events[i].data.fd);
                continue;
            }
            event.data.fd = accept(listener, NULL, NULL);
            setsockopt(event.data.fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            epoll_ctl(epoll_fd, EPOLL_CTL_ADD, event.data.fd, &event);
        }
    }
}
