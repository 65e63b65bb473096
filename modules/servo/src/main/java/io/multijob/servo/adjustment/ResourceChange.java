package io.multijob.servo.adjustment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/// What becomes of a container's request and limit of one resource when it is set.
///
/// @param author what the author asked for
/// @param rules what LimitRanges ask of a container
record ResourceChange(ResourceName resource, Amounts author, LimitRules rules) {
  private static final int RATIO_DIGITS = 30;

  /// True where the author asked for none of it.
  boolean bare() {
    return !request().isPositive() && !limit().isPositive();
  }

  /// What of the container's amounts is to be set. A request that is not set stays within the
  /// limit, and within the LimitRanges' minimum and ratio: it is set as well where it would not. A
  /// request that the author left out is set to what the API server would take for it.
  ///
  /// @param value in whole grains, more than 0
  Amounts to(BigDecimal value, Target target) {
    return switch (target) {
      case AUTO -> auto(value);
      case LIMITS ->
          limited(
              value,
              author.completed().request(resource).isPresent()
                  ? request().amount().min(value)
                  : value);
      case REQUESTS ->
          author.limit(resource).isPresent()
              ? of(value, limit().amount().max(value))
              : requested(value);
      case BOTH -> of(value, value);
    };
  }

  private Amounts auto(BigDecimal value) {
    if (bare()) {
      return of(value, value);
    }
    if (!limit().isPositive()) {
      return requested(value);
    }
    BigDecimal request =
        request()
            .amount()
            .multiply(value)
            .divide(limit().amount(), RATIO_DIGITS, RoundingMode.FLOOR);
    return limited(value, request);
  }

  /// @param request what is wanted of it; 0 if the author wanted it to be none
  private Amounts limited(BigDecimal limit, BigDecimal request) {
    if (request.signum() == 0) {
      return new Amounts(Map.of(), Map.of(resource, new Quantity(limit)));
    }
    BigDecimal least = rule(rules.min());
    BigDecimal times = rule(rules.ratio());
    if (times.signum() > 0) {
      least = least.max(limit.divide(times, RATIO_DIGITS, RoundingMode.CEILING));
    }
    BigDecimal wanted =
        resource
            .inGrains(request, RoundingMode.FLOOR)
            .max(resource.grain())
            .max(resource.inGrains(least, RoundingMode.CEILING));
    return of(wanted.min(limit), limit);
  }

  private Amounts requested(BigDecimal value) {
    return new Amounts(Map.of(resource, new Quantity(value)), Map.of());
  }

  private Amounts of(BigDecimal request, BigDecimal limit) {
    return new Amounts(
        Map.of(resource, new Quantity(request)), Map.of(resource, new Quantity(limit)));
  }

  private BigDecimal rule(Map<ResourceName, Quantity> amounts) {
    return amounts.getOrDefault(resource, Quantity.ZERO).amount();
  }

  private Quantity request() {
    return author.completed().request(resource).orElse(Quantity.ZERO);
  }

  private Quantity limit() {
    return author.limit(resource).orElse(Quantity.ZERO);
  }
}
