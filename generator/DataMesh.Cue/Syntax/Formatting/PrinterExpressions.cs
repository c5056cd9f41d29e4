namespace DataMesh.Cue.Syntax.Formatting;

internal sealed partial class Printer
{
    private const int AdditivePrecedence = 6;

    public void PrintExpression(Expression expression, int depth = 1)
    {
        PrintLeadingComments(expression);
        switch (expression)
        {
            case Identifier identifier:
                Write(identifier.Name);
                break;
            case BasicLiteral literal:
                PrintLiteral(literal);
                break;
            case Interpolation interpolation:
                PrintInterpolation(interpolation);
                break;
            case BottomLiteral:
                Write("_|_");
                break;
            case StructLiteral literal:
                PrintStruct(literal);
                break;
            case ListLiteral list:
                PrintList(list);
                break;
            case PatternLabel label:
                PrintLabel(label);
                break;
            case Ellipsis ellipsis:
                Write("...");
                if (ellipsis.Type is { } type)
                {
                    Ask(BlankBefore(type.Start));
                    PrintExpression(type);
                }

                break;
            case AliasExpression alias:
                Write(alias.Name.Name);
                Ask(BlankBefore(alias.EqualSign));
                Write("=");
                Ask(BlankBefore(alias.Expression.Start));
                PrintExpression(alias.Expression);
                break;
            case ParenthesizedExpression parenthesized:
                PrintParenthesized(parenthesized, depth);
                break;
            case SelectorExpression selector:
                PrintSelector(selector, depth);
                break;
            case IndexExpression index:
                PrintExpression(index.Operand, 1);
                Ask(BlankBefore(index.LeftBracket));
                Write("[");
                Separate(index.Index.Start, BlankBefore(index.Index.Start));
                PrintExpression(index.Index, depth + 1);
                Separate(index.RightBracket, Gap.None);
                Write("]");
                break;
            case SliceExpression slice:
                PrintSlice(slice, depth);
                break;
            case CallExpression call:
                PrintCall(call, depth);
                break;
            case UnaryExpression unary:
                Write(unary.Operator.GetText());
                if (unary.Operand is UnaryExpression { Operator: TokenKind.Add or TokenKind.Subtract } inner && inner.Operator == unary.Operator)
                    Ask(Gap.Blank);
                PrintExpression(unary.Operand, depth);
                break;
            case BinaryExpression binary:
                PrintBinary(binary, depth);
                break;
            case PostfixExpression postfix:
                PrintExpression(postfix.Operand, depth);
                Write(postfix.Operator == PostfixOperator.Open ? "..." : "?");
                break;
            case Comprehension comprehension:
                PrintComprehension(comprehension);
                break;
        }

        if (_commaFor == expression)
        {
            _commaFor = null;
            Write(",");
        }

        if (expression is not (StructLiteral or ListLiteral or CallExpression))
            PrintCommentsFrom(expression, 1);
        PrintTrailingComments(expression);
    }

    private void PrintParenthesized(ParenthesizedExpression parenthesized, int depth)
    {
        Write("(");
        Separate(parenthesized.Expression.Start, BlankBefore(parenthesized.Expression.Start));
        PrintExpression(parenthesized.Expression, Math.Max(1, depth - 1));
        Ask(BlankBefore(parenthesized.RightParenthesis));
        Write(")");
    }

    private void PrintSelector(SelectorExpression selector, int depth)
    {
        PrintExpression(selector.Operand, depth);
        Write(".");
        Separate(selector.Selector.Start, Gap.None);
        PrintExpression(selector.Selector);
    }

    private void PrintSlice(SliceExpression slice, int depth)
    {
        PrintExpression(slice.Operand, 1);
        Write("[");
        var isSpaced = slice is { Low: { } first, High: { } last } && (first is BinaryExpression || last is BinaryExpression);
        if (slice.Low is { } low)
        {
            Ask(BlankBefore(low.Start));
            PrintExpression(low, depth + 1);
            if (isSpaced)
                Ask(Gap.Blank);
        }

        Write(":");
        if (slice.High is { } high)
        {
            Ask(isSpaced ? Gap.Blank : BlankBefore(high.Start));
            PrintExpression(high, depth + 1);
        }

        Ask(BlankBefore(slice.RightBracket));
        Write("]");
    }

    private void PrintCall(CallExpression call, int depth)
    {
        PrintExpression(call.Function, depth);
        Ask(BlankBefore(call.LeftParenthesis));
        Write("(");
        PrintCommentsAt(call, 2);
        var inner = call.Arguments.Count > 1 ? depth + 1 : depth;
        var outerComma = _commaFor;
        var isBrokenBeforeEnd = BreakBefore(call.RightParenthesis) != Gap.None;
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var argument = call.Arguments[i];
            Separate(StartWithComments(argument), i > 0 ? Gap.Blank : BlankBefore(argument.Start));
            if (isBrokenBeforeEnd || i < call.Arguments.Count - 1)
                _commaFor = argument;
            PrintExpression(argument, inner);
        }

        _commaFor = outerComma;
        if (call.Arguments.Count > 0 && isBrokenBeforeEnd)
            Separate(call.RightParenthesis, Gap.None);
        PrintCommentsFrom(call, 3);
        Write(")");
    }

    private void PrintBinary(BinaryExpression binary, int depth)
    {
        // Chains are as long as the left operands are deep.
        var chain = new Stack<(BinaryExpression Node, int Depth)>();
        Expression operand = binary;
        while (operand is BinaryExpression node)
        {
            if (chain.Count > 0)
            {
                var outer = chain.Peek();
                depth = outer.Depth + (node.Operator.GetPrecedence() == outer.Node.Operator.GetPrecedence() ? 0 : 1);
            }

            chain.Push((node, depth));
            operand = node.Left;
            if (chain.Count > 1)
                PrintLeadingComments(node);
        }

        PrintExpression(operand, chain.Peek().Depth + 1);
        var remaining = chain.Count;
        while (chain.Count > 0)
        {
            var (node, nodeDepth) = chain.Pop();

            // Without blanks, sums and products within other operators show how tightly they bind.
            var gap = nodeDepth == 1 || node.Operator.GetPrecedence() < AdditivePrecedence ? Gap.Blank : Gap.None;
            if (_afterComment)
                Break(Gap.Line);
            Ask(gap);
            Write(node.Operator.GetText());
            Separate(StartWithComments(node.Right), gap);
            if (node.Right is BinaryExpression right)
            {
                PrintLeadingComments(right);
                PrintBinary(right, nodeDepth + 1);
                PrintCommentsFrom(right, 1);
                PrintTrailingComments(right);
            }
            else
            {
                PrintExpression(node.Right, nodeDepth + 1);
            }

            if (--remaining > 0)
                PrintCommentsFrom(node, 1);
        }
    }

    private void PrintStruct(StructLiteral literal)
    {
        if (!literal.HasBraces)
        {
            PrintDeclarations(literal.Declarations);
            return;
        }

        Write("{");
        var line = _lineCount;
        var outer = OpenScope();
        PrintOpeningComments(literal);
        var isMultiline = false;
        if (literal.Declarations.Count > 0)
        {
            var first = literal.Declarations[0];
            isMultiline = SpansLines(literal);
            var gap = BreakBefore(StartWithComments(first));
            if (StartWithComments(first).Spacing == Spacing.None)
                gap = Gap.Line;
            if (gap != Gap.None)
                Break(gap == Gap.Line ? Gap.LineEndingColumns : gap);
            else if (first is LetDeclaration or ComprehensionDeclaration { Comprehension.Clauses: [TryClause, ..] })
                Ask(Gap.Blank);
            var outerLayout = _inline;
            _inline = !isMultiline ? Inline.All : gap == Gap.None ? Inline.First : Inline.None;
            PrintDeclarations(literal.Declarations);
            _inline = outerLayout;
        }

        PrintCommentsFrom(literal, 2);
        CloseScope(outer);
        if (_lastWritten == "}" && literal.RightBrace.Spacing == Spacing.NewSection)
            Ask(Gap.Section);
        var isBroken = BreakBefore(literal.RightBrace) != Gap.None || literal.RightBrace.Spacing == Spacing.None;
        if (_afterComment || (isMultiline && (isBroken || _lastWritten != "}"))
            || (_lineCount != line && _lastWritten is not ("}" or "]") && !_lastWritten.EndsWith("\"\"\"", StringComparison.Ordinal)))
        {
            Ask(Gap.Line);
        }
        else if (literal.Declarations.Count > 0 && literal.Declarations[literal.Declarations.Count - 1] is LetDeclaration)
        {
            Write(",");
            Ask(Gap.Blank);
        }

        Write("}");
    }

    private void Indent()
    {
        if (_isIndented)
            return;
        _isIndented = true;
        _indentation++;
    }

    /// <summary>Writes comments right behind an opening bracket.</summary>
    private void PrintOpeningComments(SyntaxNode node)
    {
        foreach (var group in node.Comments)
        {
            if (group.Slot == 1)
                PrintLines(group);
        }
    }

    /// <summary>Whether there is a line break between the declarations or before the closing brace.</summary>
    private static bool SpansLines(StructLiteral literal)
    {
        if (BreakBefore(literal.RightBrace) != Gap.None || !literal.RightBrace.IsValid && literal.RightBrace.Spacing == Spacing.None)
            return true;
        foreach (var declaration in literal.Declarations)
        {
            if (BreakBefore(StartWithComments(declaration)) != Gap.None || StartWithComments(declaration).Spacing == Spacing.None)
                return true;
        }

        return false;
    }

    private void PrintList(ListLiteral list)
    {
        Write("[");
        var line = _lineCount;
        var outer = OpenScope();
        var outerComma = _commaFor;
        PrintOpeningComments(list);
        var isBrokenBeforeEnd = BreakBefore(list.RightBracket) != Gap.None;
        for (var i = 0; i < list.Elements.Count; i++)
        {
            var element = list.Elements[i];
            Separate(StartWithComments(element), i > 0 ? Gap.Blank : Gap.None);
            var isBroken = i < list.Elements.Count - 1 ? BreakBefore(StartWithComments(list.Elements[i + 1])) != Gap.None : isBrokenBeforeEnd;
            if (isBroken ? list.HasCommas : i < list.Elements.Count - 1 || element.Comments.Any(static comment => comment.IsTrailing))
                _commaFor = element;
            PrintExpression(element);
        }

        _commaFor = outerComma;
        if (list.Comments.Count > 0)
            Indent();
        PrintCommentsFrom(list, 2);
        CloseScope(outer);
        if (_afterComment || (list.Elements.Count > 0 && isBrokenBeforeEnd))
            Ask(list.RightBracket.Spacing == Spacing.NewSection ? Gap.Section : Gap.Line);
        Write("]");
        _endsColumns |= _lineCount != line;
    }

    /// <summary>The element or argument that a comma is to follow, before the comments that trail it.</summary>
    private Expression? _commaFor;

    private void PrintInterpolation(Interpolation interpolation)
    {
        var elements = interpolation.Elements;
        for (var i = 0; i < elements.Count; i++)
        {
            if (i > 0)
                Ask(BlankBefore(elements[i].Start));
            if (i % 2 == 1)
                PrintExpression(elements[i], 2);
            else
                Write(((BasicLiteral)elements[i]).Text);
        }
    }

    private void PrintLiteral(BasicLiteral literal)
    {
        switch (literal.Kind)
        {
            case TokenKind.String:
                Write(Reindent(literal));
                break;
            case TokenKind.Float:
                Write(NormalizeNumber(literal.Text));
                break;
            default:
                Write(literal.Text);
                break;
        }
    }

    /// <summary>A digit before and behind the point, and the exponent in lower case.</summary>
    private static string NormalizeNumber(string text)
    {
        if (text.StartsWith(".", StringComparison.Ordinal))
            text = "0" + text;
        text = text.Replace('E', 'e');
        var point = text.IndexOf('.');
        if (point >= 0 && (point == text.Length - 1 || !(text[point + 1] is >= '0' and <= '9')))
            text = text.Insert(point + 1, "0");
        return text;
    }

    /// <summary>Moves the lines of a multi-line literal to one more than the indentation of the line that it begins on.</summary>
    private string Reindent(BasicLiteral literal)
    {
        var text = literal.Text;
        if (text.IndexOf('\n') < 0 || !Quotes.TryRead(text, text, out var quotes, out _) || !quotes.IsMultiline)
            return text;
        var level = _atLineStart || _afterComment || _pending >= Gap.Line ? _indentation : _lineIndentation;
        if (level > MaxReindented)
            return text;
        var indentation = string.Concat(Enumerable.Repeat(_indent, level + 1));
        var lines = text.Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(quotes.Indentation, StringComparison.Ordinal))
                lines[i] = indentation + lines[i].Substring(quotes.Indentation.Length);
        }

        return string.Join("\n", lines);
    }
}
