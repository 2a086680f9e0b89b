package dev.cairn.plan;

import java.util.Map;

/**
 * One target row of a fan-out, resolved for a lane.
 *
 * @param number small and unique within the lane; the SQL chooses by it, which is cheaper than by
 *     name
 * @param name the entry's name in the plan
 * @param value what the fan-out column gets, such as a point's id
 * @param columns target column to expression, for this entry alone
 */
public record Entry(int number, String name, Object value, Map<String, ColumnSpec> columns) {}
