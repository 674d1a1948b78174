package io.copychunk.client.internal.transport;

import io.copychunk.client.config.IoEngine;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** The event loops of a client, and the channels that fit them. */
public final class EventLoops {
  /** More connections than this share event loops; one loop can keep a server busy. */
  private static final int MAX_THREADS = 4;

  private EventLoops() {}

  /**
   * Makes event loops; their threads are daemons and start when they are needed.
   *
   * @param engine how they wait for the network
   * @return a group that the caller shuts down
   * @throws IllegalStateException when the engine is not available on this machine
   */
  public static EventLoopGroup create(IoEngine engine) {
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory("copychunk", true), handlers(engine));
  }

  /**
   * The channel type that fits a group.
   *
   * @param group the client's own or the user's
   * @return a socket channel
   */
  public static Class<? extends SocketChannel> channelType(EventLoopGroup group) {
    if (group instanceof IoEventLoopGroup io) {
      if (io.isIoType(EpollIoHandler.class)) {
        return EpollSocketChannel.class;
      }
      if (io.isIoType(KQueueIoHandler.class)) {
        return KQueueSocketChannel.class;
      }
      if (io.isIoType(IoUringIoHandler.class)) {
        return IoUringSocketChannel.class;
      }
    }
    return NioSocketChannel.class;
  }

  private static IoHandlerFactory handlers(IoEngine engine) {
    if (engine == IoEngine.IO_URING) {
      if (!IoUring.isAvailable()) {
        throw new IllegalStateException("io_uring is not available", IoUring.unavailabilityCause());
      }
      return IoUringIoHandler.newFactory();
    }
    if (engine == IoEngine.AUTO && Epoll.isAvailable()) {
      return EpollIoHandler.newFactory();
    }
    if (engine == IoEngine.AUTO && KQueue.isAvailable()) {
      return KQueueIoHandler.newFactory();
    }
    return NioIoHandler.newFactory();
  }
}
