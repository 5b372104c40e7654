/**
 * What a picture should show: one type from data to network. A {@link io.inkstone.condition.Condition} is a value, known
 * without any network; a model's own {@link io.inkstone.condition.ConditionEncoder} turns conditions into what its network
 * takes, {@link io.inkstone.condition.Told}, once per request or batch.
 *
 * @since 0.1
 */
package io.inkstone.condition;
