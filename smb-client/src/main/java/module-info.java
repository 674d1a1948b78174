/** The SMB client with server-side copy. */
module io.copychunk.client {
  requires transitive io.copychunk.core;
  requires transitive io.netty.transport;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.common;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.classes.io_uring;
  requires io.netty.transport.classes.kqueue;
  requires io.netty.transport.unix.common;
  requires org.slf4j;
  requires static com.google.gson;
  requires static info.picocli;
  requires static org.jspecify;

  exports io.copychunk.client;
  exports io.copychunk.client.config;
  exports io.copychunk.client.copy;
  exports io.copychunk.client.copy.journal;
  exports io.copychunk.client.copy.tree;
  exports io.copychunk.client.error;

  opens io.copychunk.client.cli to
      info.picocli;
}
