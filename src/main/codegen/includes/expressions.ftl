<#--
  Operators of SQLite and PostgreSQL. How tightly one binds differs between the two: the token says it, as in
  "30 NOT LIKE".
-->
JAVACODE int cairnPrecedence() {
    return Integer.parseInt(getToken(0).image.substring(0, 2));
}

JAVACODE String cairnOperator() {
    return getToken(0).image.substring(3);
}

void CairnInfix(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlNodeList nodes;
    final SqlOperator op;
}
{
    <CAIRN_INFIX> {
        checkNonQueryExpression(exprContext);
        list.add(
            new SqlParserUtil.ToTreeListItem(
                new SqlBinaryOperator(cairnOperator(), SqlKind.OTHER, cairnPrecedence(), true, null, null, null),
                getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
|
    <CAIRN_IN> {
        checkNonQueryExpression(exprContext);
        list.add(
            new SqlParserUtil.ToTreeListItem(
                new SqlBinaryOperator(cairnOperator(), SqlKind.OTHER, cairnPrecedence(), true, null, null, null),
                getPos()));
    }
    nodes = ParenthesizedQueryOrCommaList(ExprContext.ACCEPT_NONCURSOR) {
        list.add(nodes);
    }
|
    <CAIRN_POSTFIX> {
        checkNonQueryExpression(exprContext);
        list.add(
            new SqlParserUtil.ToTreeListItem(
                new SqlPostfixOperator(cairnOperator(), SqlKind.OTHER, cairnPrecedence(), null, null, null),
                getPos()));
    }
}

SqlNode CairnExpressionEof() :
{
    final SqlNode e;
}
{
    e = Expression(ExprContext.ACCEPT_SUB_QUERY) <EOF> { return e; }
}

SqlNode CairnQueryEof() :
{
    final SqlNode e;
}
{
    e = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) <EOF> { return e; }
}
