package io.copychunk.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class when Netty finds that a buffer was leaked. Found by JUnit on its own, and
 * before Netty's buffers make their detectors.
 */
public final class LeakDetection implements AfterAllCallback {
  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

  static {
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecordingFactory());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    System.gc();
    touchDetectors();
    List<String> found = new ArrayList<>();
    String leak;
    while ((leak = LEAKS.poll()) != null) {
      found.add(leak);
    }
    if (!found.isEmpty()) {
      throw new AssertionError(found.size() + " buffers leaked:\n" + String.join("\n", found));
    }
  }

  /** A detector looks for leaks when it is given something new. */
  private static void touchDetectors() {
    List<ByteBuf> buffers = List.of(Unpooled.directBuffer(1), ByteBufAllocator.DEFAULT.buffer(1));
    buffers.forEach(ByteBuf::release);
  }

  private static final class RecordingFactory extends ResourceLeakDetectorFactory {
    @Override
    @Deprecated
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval, long maxActive) {
      return newResourceLeakDetector(resource, samplingInterval);
    }

    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval) {
      return new RecordingDetector<>(resource, samplingInterval);
    }
  }

  /** Records leaks whatever the level of the log. */
  private static final class RecordingDetector<T> extends ResourceLeakDetector<T> {
    private RecordingDetector(Class<T> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String resource, String records) {
      LEAKS.add(resource + records);
    }

    @Override
    protected void reportUntracedLeak(String resource) {
      LEAKS.add(resource);
    }
  }
}
