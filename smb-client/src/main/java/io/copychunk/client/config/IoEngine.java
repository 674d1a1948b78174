package io.copychunk.client.config;

/** How a client's event loops wait for the network. */
public enum IoEngine {
  /** epoll on Linux, kqueue on macOS, NIO where neither is available. */
  AUTO,
  /** The JDK's selectors. */
  NIO,
  /** Linux's io_uring; where it is not available, {@code SmbClient.create} throws an {@link IllegalStateException}. */
  IO_URING
}
