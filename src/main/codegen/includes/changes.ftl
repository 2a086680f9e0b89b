<#--
  INSERT, UPDATE, DELETE and MERGE as SQLite and PostgreSQL write them. Each comes out as a call of an operator that bears
  the statement's name; what an operand means stands in the class that reads it (dev.cairn.sql.calcite.Changes).
-->
JAVACODE SqlNode cairnCall(String name, Span s, SqlNode[] operands) {
    return new SqlBasicCall(
        new SqlSpecialOperator(name, SqlKind.OTHER), Arrays.asList(operands), s.end(this));
}

JAVACODE void cairnOnce(SqlNode before) throws ParseException {
    if (before != null) {
        throw new ParseException("FOR KEY twice");
    }
}

SqlNode CairnChangeEof() :
{
    SqlNodeList with = null;
    final SqlNode change;
}
{
    [ with = WithList() ]
    (
        change = CairnInsert(with)
    |   change = CairnUpdate(with)
    |   change = CairnDelete(with)
    |   change = CairnMerge(with)
    )
    <EOF> { return change; }
}

SqlNode CairnTarget() :
{
    SqlNode table;
    final SqlIdentifier alias;
}
{
    table = CompoundTableIdentifier()
    [
        [ <AS> ] alias = SimpleIdentifier() {
            table = SqlStdOperatorTable.AS.createCall(Span.of(table).end(this), table, alias);
        }
    ]
    { return table; }
}

SqlNode CairnInsert(SqlNodeList with) :
{
    final Span s;
    final SqlNode target;
    SqlNodeList columns = null;
    SqlNode source = null;
    SqlNode conflict;
    final List<SqlNode> conflicts = new ArrayList<SqlNode>();
    SqlNodeList returning = null;
}
{
    <INSERT> { s = span(); } <INTO> target = CairnTarget()
    [ LOOKAHEAD(2) columns = ParenthesizedSimpleIdentifierList() ]
    (
        <CAIRN_DEFAULT_VALUES>
    |
        source = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    )
    ( conflict = CairnConflict() { conflicts.add(conflict); } )*
    [ returning = CairnReturning() ]
    {
        return cairnCall("INSERT", s, new SqlNode[] {
            with, target, columns, source, new SqlNodeList(conflicts, SqlParserPos.ZERO), returning
        });
    }
}

SqlNode CairnConflict() :
{
    final Span s;
    final List<SqlNode> keys = new ArrayList<SqlNode>();
    SqlNode keyWhere = null;
    SqlNode constraint = null;
    SqlNodeList assignments = null;
    SqlNode where = null;
}
{
    <CAIRN_ON_CONFLICT> { s = span(); }
    [
        <LPAREN> AddExpression(keys, ExprContext.ACCEPT_SUB_QUERY)
        ( <COMMA> AddExpression(keys, ExprContext.ACCEPT_SUB_QUERY) )*
        <RPAREN>
        [ keyWhere = Where() ]
    |
        <CAIRN_ON_CONSTRAINT> constraint = SimpleIdentifier()
    ]
    (
        <CAIRN_DO_NOTHING>
    |
        <CAIRN_DO_UPDATE> assignments = CairnAssignments()
        [ where = Where() ]
    )
    {
        return cairnCall("ON CONFLICT", s, new SqlNode[] {
            new SqlNodeList(keys, SqlParserPos.ZERO), keyWhere, constraint, assignments, where
        });
    }
}

SqlNodeList CairnAssignments() :
{
    final List<SqlNode> list = new ArrayList<SqlNode>();
    SqlNode assignment;
}
{
    assignment = CairnAssignment() { list.add(assignment); }
    ( <COMMA> assignment = CairnAssignment() { list.add(assignment); } )*
    { return new SqlNodeList(list, SqlParserPos.ZERO); }
}

SqlNode CairnAssignment() :
{
    final Span s;
    SqlNode column;
    SqlNodeList columns;
    final SqlNode value;
}
{
    (
        column = CompoundIdentifier() {
            s = span();
            columns = new SqlNodeList(ImmutableList.of(column), column.getParserPosition());
        }
    |
        columns = ParenthesizedSimpleIdentifierList() { s = Span.of(columns); }
    )
    <EQ> value = Expression(ExprContext.ACCEPT_SUB_QUERY)
    { return cairnCall("SET", s.add(columns), new SqlNode[] {columns, value}); }
}

SqlNodeList CairnReturning() :
{
    final List<SqlNode> list = new ArrayList<SqlNode>();
}
{
    <RETURNING> AddSelectItem(list) ( <COMMA> AddSelectItem(list) )*
    { return new SqlNodeList(list, SqlParserPos.ZERO); }
}

/** SQLite's ORDER BY and LIMIT of rows to be changed: OFFSET comes first in the result. */
SqlNodeList CairnBounds(SqlNode[] bounds) :
{
    final Span s = Span.of();
    SqlNodeList order = null;
}
{
    [ order = OrderBy(true) ]
    [ LimitClause(s, bounds) [ OffsetClause(s, bounds) ] ]
    { return order; }
}

SqlNode CairnUpdate(SqlNodeList with) :
{
    final Span s;
    final SqlNode target;
    final SqlNodeList assignments;
    final SqlNodeList order;
    final SqlNode[] bounds = {null, null};
    SqlNode from = null;
    SqlNode forKey = null;
    SqlNode where = null;
    SqlNodeList returning = null;
}
{
    <UPDATE> { s = span(); } target = CairnTarget() <SET> assignments = CairnAssignments()
    [ <CAIRN_FOR_KEY> forKey = CairnTarget() ]
    [ <FROM> from = FromClause() ]
    [ <CAIRN_FOR_KEY> { cairnOnce(forKey); } forKey = CairnTarget() ]
    [ where = Where() ]
    [ returning = CairnReturning() ]
    order = CairnBounds(bounds)
    {
        return cairnCall("UPDATE", s, new SqlNode[] {
            with, target, assignments, from, forKey, where, returning, order, bounds[0], bounds[1]
        });
    }
}

SqlNode CairnDelete(SqlNodeList with) :
{
    final Span s;
    final SqlNode target;
    final SqlNodeList order;
    final SqlNode[] bounds = {null, null};
    SqlNode using = null;
    SqlNode forKey = null;
    SqlNode where = null;
    SqlNodeList returning = null;
}
{
    <DELETE> { s = span(); } <FROM> target = CairnTarget()
    [ <CAIRN_FOR_KEY> forKey = CairnTarget() ]
    [ <USING> using = FromClause() ]
    [ <CAIRN_FOR_KEY> { cairnOnce(forKey); } forKey = CairnTarget() ]
    [ where = Where() ]
    [ returning = CairnReturning() ]
    order = CairnBounds(bounds)
    {
        return cairnCall("DELETE", s, new SqlNode[] {
            with, target, using, forKey, where, returning, order, bounds[0], bounds[1]
        });
    }
}

SqlNode CairnMerge(SqlNodeList with) :
{
    final Span s;
    final SqlNode target;
    final SqlNode source;
    final SqlNode on;
    SqlNode when;
    final List<SqlNode> whens = new ArrayList<SqlNode>();
    SqlNodeList returning = null;
}
{
    <MERGE> { s = span(); } <INTO> target = CairnTarget()
    <USING> source = FromClause() <ON> on = Expression(ExprContext.ACCEPT_SUB_QUERY)
    ( when = CairnWhen() { whens.add(when); } )+
    [ returning = CairnReturning() ]
    {
        return cairnCall("MERGE", s, new SqlNode[] {
            with, target, source, on, new SqlNodeList(whens, SqlParserPos.ZERO), returning
        });
    }
}

SqlNode CairnWhen() :
{
    final Span s;
    final String matching;
    SqlNode condition = null;
    SqlNodeList columns = null;
    SqlNode values = null;
    SqlNodeList assignments = null;
    final String action;
}
{
    (
        <CAIRN_MATCHED> { matching = "MATCHED"; }
    |   <CAIRN_NOT_MATCHED> { matching = "NOT_MATCHED"; }
    |   <CAIRN_NOT_MATCHED_BY_SOURCE> { matching = "NOT_MATCHED_BY_SOURCE"; }
    )
    { s = span(); }
    [ <AND> condition = Expression(ExprContext.ACCEPT_SUB_QUERY) ]
    <THEN>
    (
        <CAIRN_DO_NOTHING> { action = "NOTHING"; }
    |
        <DELETE> { action = "DELETE"; }
    |
        <UPDATE> <SET> assignments = CairnAssignments() { action = "UPDATE"; }
    |
        <INSERT> [ columns = ParenthesizedSimpleIdentifierList() ]
        ( <CAIRN_DEFAULT_VALUES> | values = TableConstructor() )
        { action = "INSERT"; }
    )
    {
        return cairnCall(matching + " " + action, s, new SqlNode[] {condition, columns, values, assignments});
    }
}
