DROP FUNCTION calculate_user_positions(uuid);
