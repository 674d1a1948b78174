package io.copychunk.it.attack;

import static io.copychunk.testing.Awaited.failure;
import static io.copychunk.testing.Awaited.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.auth.NtlmIdentity;
import io.copychunk.auth.SpnegoAuthenticator;
import io.copychunk.client.config.IoEngine;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.internal.capture.Diagnostics;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.Connector;
import io.copychunk.client.internal.session.Login;
import io.copychunk.client.internal.session.Session;
import io.copychunk.client.internal.session.SessionSetup;
import io.copychunk.client.internal.transport.EventLoops;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.SessionSetupResponse;
import io.copychunk.testing.Received;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import io.netty.channel.EventLoopGroup;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Legs of a login, for a mechanism that would go on for ever: NTLM, the only one, has two. */
@Attack
class LegsTest extends ScriptedAttacks {
  private static final SmbConfig CONFIG = SmbConfig.defaults();

  @Test
  @DisplayName("#30 ten legs of a login, each of them right, are enough")
  void attack30_legsWithoutEnd() {
    EventLoopGroup group = EventLoops.create(IoEngine.NIO);
    try {
      CompletableFuture<Connection> connecting = new Connector(
              group, CONFIG, Diagnostics.open(CONFIG.diagnostics()), new Guid(1, 2), Runnable::run)
          .connect(peer.host(), peer.port());
      server.negotiate(Dialect.SMB_3_1_1);
      SpnegoAuthenticator endless = authenticator();
      Login login = new Login(
          "nobody", CONFIG.security(), hint -> endless, "endless", Duration.ofSeconds(15));
      CompletableFuture<Session> session =
          SessionSetup.start(result(connecting), login, login.timeout());
      byte[] challenge =
          server.challenged(peer.expect(SessionSetupRequest.class)).frame();
      SessionSetupResponse body = SessionSetupResponse.read(bodyOf(challenge));
      Object waiting = state(endless);
      peer.sendFrame(challenge);
      for (int leg = 2; leg <= 10; leg++) {
        Received<SessionSetupRequest> request = peer.expect(SessionSetupRequest.class);
        state(endless, waiting);
        request.answer(body).status(NtStatus.MORE_PROCESSING_REQUIRED).send();
      }

      assertThat(failure(session))
          .isInstanceOf(SmbProtocolException.class)
          .hasMessageContaining("10 legs and no end");
      peer.expectEnd();
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  private static WireReader bodyOf(byte[] message) {
    WireReader in = WireReader.of(message);
    in.skip(Smb2Header.SIZE);
    return in;
  }

  private static SpnegoAuthenticator authenticator() {
    return SpnegoAuthenticator.ntlm(
        new NtlmIdentity(
            ScriptedServer.DOMAIN, ScriptedServer.USER, ScriptedServer.PASSWORD.toCharArray()),
        "host",
        Octets.EMPTY,
        bytes -> {},
        () -> 1L << 56);
  }

  /** How far a login is. */
  private static Object state(SpnegoAuthenticator authenticator) {
    try {
      return stateField().get(mechanism(authenticator));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Puts a login back: no mechanism that we have goes on by itself. */
  private static void state(SpnegoAuthenticator authenticator, Object state) {
    try {
      stateField().set(mechanism(authenticator), state);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Object mechanism(SpnegoAuthenticator authenticator)
      throws ReflectiveOperationException {
    Field field = SpnegoAuthenticator.class.getDeclaredField("mechanism");
    field.setAccessible(true);
    return field.get(authenticator);
  }

  private static Field stateField() throws ReflectiveOperationException {
    Field field = Class.forName("io.copychunk.auth.NtlmAuthenticator").getDeclaredField("state");
    field.setAccessible(true);
    return field;
  }
}
