package io.copychunk.testing;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Damages bytes: at random, and the way a liar would, who sets lengths, offsets and counts to the
 * values around which checks go wrong. The same randomness gives the same damage.
 */
public final class Mutator {
  /** No mutated input is larger than this, in bytes. */
  public static final int MAX_SIZE = 0x2_0000;

  private static final byte[] EXTREMES = {0, 1, 7, 8, 0x40, 0x7F, (byte) 0x80, (byte) 0xFF};
  private static final int MAX_PIECE = 64;
  private static final int LARGE_PIECE = 0x1_1000; // beyond what 16 bits can count

  private static final List<Mutation> LIES =
      List.of(Mutator::setField, Mutator::setField, Mutator::shiftField, Mutator::copyField);
  private static final List<Mutation> DAMAGES = List.of(
      Mutator::flipBit,
      Mutator::setByteToExtreme,
      Mutator::setByte,
      Mutator::truncate,
      Mutator::extend,
      Mutator::insert,
      Mutator::remove,
      Mutator::repeat,
      Mutator::splice,
      Mutator::overlay);

  private Mutator() {}

  /** One way to do damage. May change the array in place or return another one. */
  @FunctionalInterface
  private interface Mutation {
    byte[] apply(byte[] bytes, byte[] other, RandomGenerator random);
  }

  /**
   * Damages a copy, in one to eight ways.
   *
   * @param input what to damage; left as it is
   * @param other what to splice it with; left as it is
   * @param random decides everything
   * @return at most {@link #MAX_SIZE} bytes; rarely the same as the input
   */
  public static byte[] mutated(byte[] input, byte[] other, RandomGenerator random) {
    byte[] bytes = input.clone();
    int count = 1 + Math.min(Long.numberOfTrailingZeros(random.nextLong()), 7);
    for (int i = 0; i < count; i++) {
      List<Mutation> mutations = random.nextBoolean() ? LIES : DAMAGES;
      bytes = mutations.get(random.nextInt(mutations.size())).apply(bytes, other, random);
    }
    return bytes.length > MAX_SIZE ? Arrays.copyOf(bytes, MAX_SIZE) : bytes;
  }

  private static byte[] setField(byte[] bytes, byte[] other, RandomGenerator random) {
    int width = width(bytes, random);
    if (width > 0) {
      int at = fieldOffset(bytes, width, random);
      put(bytes, at, width, boundary(bytes.length, at, random), random);
    }
    return bytes;
  }

  /** The values around which checks of a message of this size go wrong. */
  private static long boundary(int size, int at, RandomGenerator random) {
    return switch (random.nextInt(21)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> size - 1;
      case 3 -> size;
      case 4 -> size + 1;
      case 5 -> at;
      case 6 -> size - at;
      case 7 -> size - at - 1;
      case 8 -> 0x7F;
      case 9 -> 0xFF;
      case 10 -> 0x7FFF;
      case 11 -> 0x8000;
      case 12 -> 0xFFFF;
      case 13 -> 0x7FFF_FFFFL;
      case 14 -> 0x8000_0000L;
      case 15 -> 0xFFFF_FFFFL;
      case 16 -> 0xFFFF_FFF8L; // the largest that is aligned
      case 17 -> Long.MAX_VALUE;
      case 18 -> Long.MIN_VALUE;
      case 19 -> -1;
      default -> random.nextInt(size + 2);
    };
  }

  private static byte[] shiftField(byte[] bytes, byte[] other, RandomGenerator random) {
    int width = width(bytes, random);
    if (width > 0) {
      int at = fieldOffset(bytes, width, random);
      put(bytes, at, width, get(bytes, at, width) + random.nextInt(-8, 9), random);
    }
    return bytes;
  }

  private static byte[] copyField(byte[] bytes, byte[] other, RandomGenerator random) {
    int width = width(bytes, random);
    if (width > 0) {
      int from = fieldOffset(bytes, width, random);
      System.arraycopy(bytes, from, bytes, fieldOffset(bytes, width, random), width);
    }
    return bytes;
  }

  /** 1, 2, 4 or 8; 0 when there is no room. */
  private static int width(byte[] bytes, RandomGenerator random) {
    int width = 1 << random.nextInt(4);
    return width <= bytes.length ? width : 0;
  }

  /** Mostly aligned, as the fields of SMB2 are. */
  private static int fieldOffset(byte[] bytes, int width, RandomGenerator random) {
    return random.nextInt(4) > 0
        ? random.nextInt(bytes.length / width) * width
        : random.nextInt(bytes.length - width + 1);
  }

  private static long get(byte[] bytes, int at, int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (bytes[at + i] & 0xFFL) << 8 * i;
    }
    return value;
  }

  private static void put(byte[] bytes, int at, int width, long value, RandomGenerator random) {
    boolean bigEndian = random.nextInt(8) == 0; // as ASN.1 counts
    for (int i = 0; i < width; i++) {
      bytes[at + i] = (byte) (value >>> 8 * (bigEndian ? width - 1 - i : i));
    }
  }

  private static byte[] flipBit(byte[] bytes, byte[] other, RandomGenerator random) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] setByteToExtreme(byte[] bytes, byte[] other, RandomGenerator random) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = EXTREMES[random.nextInt(EXTREMES.length)];
    }
    return bytes;
  }

  private static byte[] setByte(byte[] bytes, byte[] other, RandomGenerator random) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static byte[] truncate(byte[] bytes, byte[] other, RandomGenerator random) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
  }

  private static byte[] extend(byte[] bytes, byte[] other, RandomGenerator random) {
    return inserted(bytes, bytes.length, piece(random));
  }

  private static byte[] insert(byte[] bytes, byte[] other, RandomGenerator random) {
    return inserted(bytes, random.nextInt(bytes.length + 1), piece(random));
  }

  private static byte[] repeat(byte[] bytes, byte[] other, RandomGenerator random) {
    int from = random.nextInt(bytes.length + 1);
    int to = from + random.nextInt(Math.min(bytes.length - from, MAX_PIECE) + 1);
    return inserted(bytes, to, Arrays.copyOfRange(bytes, from, to));
  }

  /** Zeros, all ones or noise. */
  private static byte[] piece(RandomGenerator random) {
    int limit = random.nextInt(256) == 0 ? LARGE_PIECE : MAX_PIECE;
    byte[] piece = new byte[1 + random.nextInt(limit)];
    switch (random.nextInt(3)) {
      case 0 -> random.nextBytes(piece);
      case 1 -> Arrays.fill(piece, (byte) 0xFF);
      default -> {} // zeros
    }
    return piece;
  }

  private static byte[] inserted(byte[] bytes, int at, byte[] piece) {
    byte[] result = new byte[bytes.length + piece.length];
    System.arraycopy(bytes, 0, result, 0, at);
    System.arraycopy(piece, 0, result, at, piece.length);
    System.arraycopy(bytes, at, result, at + piece.length, bytes.length - at);
    return result;
  }

  private static byte[] remove(byte[] bytes, byte[] other, RandomGenerator random) {
    int from = random.nextInt(bytes.length + 1);
    int to = from + random.nextInt(Math.min(bytes.length - from, MAX_PIECE) + 1);
    byte[] result = Arrays.copyOf(bytes, bytes.length - (to - from));
    System.arraycopy(bytes, to, result, from, bytes.length - to);
    return result;
  }

  /** The start of one and the end of the other. */
  private static byte[] splice(byte[] bytes, byte[] other, RandomGenerator random) {
    int cut = random.nextInt(bytes.length + 1);
    int from =
        random.nextBoolean() ? Math.min(cut, other.length) : random.nextInt(other.length + 1);
    byte[] result = Arrays.copyOf(bytes, cut + other.length - from);
    System.arraycopy(other, from, result, cut, other.length - from);
    return result;
  }

  /** A part of the other in the same place. */
  private static byte[] overlay(byte[] bytes, byte[] other, RandomGenerator random) {
    int common = Math.min(bytes.length, other.length);
    int from = random.nextInt(common + 1);
    int length = random.nextInt(Math.min(common - from, MAX_PIECE) + 1);
    System.arraycopy(other, from, bytes, from, length);
    return bytes;
  }
}
