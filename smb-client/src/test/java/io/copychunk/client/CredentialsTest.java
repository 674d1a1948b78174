package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CredentialsTest {
  private static final String SECRET = "Secret-1";

  @Test
  void showTheUserAndNeverThePassword() {
    assertThat(Credentials.password("DOM", "user", SECRET.toCharArray())).hasToString("DOM\\user");
    assertThat(Credentials.password("", "user", SECRET.toCharArray())).hasToString("user");
    assertThat(Credentials.anonymous()).hasToString("anonymous");
  }

  @Test
  void keepACopyThatTheCallerMayWipeBehindThem() throws ReflectiveOperationException {
    char[] password = SECRET.toCharArray();
    Credentials credentials = Credentials.password("DOM", "user", password);
    Arrays.fill(password, 'x');

    assertThat(kept(credentials)).isEqualTo(SECRET.toCharArray());
  }

  @Test
  void areWipedWhenClosed() throws ReflectiveOperationException {
    Credentials credentials = Credentials.password("DOM", "user", SECRET.toCharArray());
    char[] kept = kept(credentials);
    credentials.close();
    credentials.close();

    assertThat(kept).containsOnly('\0');
    assertThat(credentials.user()).isEqualTo("user");
  }

  @Test
  void anEmptyUserIsNotMistakenForAnonymous() {
    assertThatThrownBy(() -> Credentials.password("DOM", "", new char[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user: empty");
    assertThat(Credentials.anonymous().isAnonymous()).isTrue();
    assertThat(Credentials.password("", "user", new char[0]).isAnonymous()).isFalse();
  }

  private static char[] kept(Credentials credentials) throws ReflectiveOperationException {
    Field field = Credentials.class.getDeclaredField("password");
    field.setAccessible(true);
    return (char[]) field.get(credentials);
  }
}
