package io.copychunk.client.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * The signal INT, each time that it comes, which Java tells only by a class that not every runtime has (module
 * jdk.unsupported). Without it, or where INT is ignored or told not to be seen to (-Xrs), all stays as it was.
 */
final class InterruptSignal implements AutoCloseable {
  private final AutoCloseable before;

  private InterruptSignal(AutoCloseable before) {
    this.before = before;
  }

  /**
   * Takes over what the signal does.
   *
   * @param handler is run on a thread of its own each time
   */
  static InterruptSignal handledBy(Runnable handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object interrupt = signal.getConstructor(String.class).newInstance("INT");
      Method handle = signal.getMethod("handle", signal, handlers);
      InvocationHandler invoked = (proxy, method, arguments) -> switch (method.getName()) {
        case "handle" -> {
          handler.run();
          yield null;
        }
        case "equals" -> arguments != null && proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "copychunk";
      };
      Object ours = Proxy.newProxyInstance(
          InterruptSignal.class.getClassLoader(), new Class<?>[] {handlers}, invoked);
      Object theirs = handle.invoke(null, interrupt, ours);
      return new InterruptSignal(() -> handle.invoke(null, interrupt, theirs));
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return new InterruptSignal(() -> {});
    }
  }

  /** Gives it back to who had it before. */
  @Override
  public void close() {
    try {
      before.close();
    } catch (Exception e) {
      throw new IllegalStateException("what could be handled can be handled again", e);
    }
  }
}
