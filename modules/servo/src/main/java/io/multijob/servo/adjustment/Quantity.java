package io.multijob.servo.adjustment;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// A quantity as Kubernetes writes them: cores of CPU, bytes of memory. Exact.
///
/// @param amount without trailing zeros, so that `1`, `1000m` and `1.0` are equal; to the
///   thousand-millionth at the most
public record Quantity(BigDecimal amount) implements Comparable<Quantity> {
  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO);

  private static final int NANO_DIGITS = 9;
  private static final BigInteger MEBIBYTE = BigInteger.ONE.shiftLeft(20);

  public Quantity {
    amount = amount.stripTrailingZeros();
    if (amount.scale() > NANO_DIGITS) {
      throw new IllegalArgumentException("a quantity is in billionths at the finest: " + amount);
    }
  }

  /// The quantity that `text` spells: a decimal number, perhaps signed, and perhaps with an
  /// exponent (`1e3`, `1E6`) or one of the suffixes `n`, `u`, `m`, `k`, `M`, `G`, `T`, `P`, `E`,
  /// `Ki`, `Mi`, `Gi`, `Ti`, `Pi`, `Ei`. As in the API server, what is finer than a billionth is
  /// rounded away from zero, and what is larger than 2^63 - 1 counts as that
  /// (<https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>).
  ///
  /// @throws IllegalArgumentException if it spells none
  public static Quantity parse(String text) {
    return QuantityText.parse(text);
  }

  /// That many cores, rounded up to thousandths as the API server does.
  public static Quantity ofCores(BigDecimal cores) {
    return new Quantity(ResourceName.CPU.inGrains(cores, RoundingMode.CEILING));
  }

  public static Quantity ofBytes(long bytes) {
    return new Quantity(BigDecimal.valueOf(bytes));
  }

  public boolean isPositive() {
    return amount.signum() > 0;
  }

  public Quantity plus(Quantity other) {
    return new Quantity(amount.add(other.amount));
  }

  public Quantity max(Quantity other) {
    return compareTo(other) < 0 ? other : this;
  }

  public Quantity min(Quantity other) {
    return compareTo(other) < 0 ? this : other;
  }

  @Override
  public int compareTo(Quantity other) {
    return amount.compareTo(other.amount);
  }

  /// A text that Kubernetes reads as this: whole mebibytes as `64Mi` or, from a gibibyte on, as
  /// `2Gi` and so on where it is whole; other whole numbers in digits; fractions in the coarsest of
  /// `m`, `u` and `n` in which they are whole.
  @Override
  public String toString() {
    if (amount.scale() > 0) {
      int thousandths = (amount.scale() + 2) / 3;
      return amount.movePointRight(thousandths * 3).toBigIntegerExact()
          + "mun".substring(thousandths - 1, thousandths);
    }
    BigInteger whole = amount.toBigIntegerExact();
    if (whole.signum() == 0 || whole.mod(MEBIBYTE).signum() != 0) {
      return whole.toString();
    }
    int thousands = Math.min(whole.getLowestSetBit() / 10, 6);
    return whole.shiftRight(thousands * 10) + "KMGTPE".substring(thousands - 1, thousands) + "i";
  }
}
