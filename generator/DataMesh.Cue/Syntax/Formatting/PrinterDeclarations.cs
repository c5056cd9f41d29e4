namespace DataMesh.Cue.Syntax.Formatting;

internal sealed partial class Printer
{
    public void PrintFile(CueFile file)
    {
        if (file.Declarations is [Embedding or ComprehensionDeclaration, ..] && BreakBefore(StartWithComments(file.Declarations[0])) != Gap.None
            && file.Declarations[0].Comments.Count == 0)
            _writer.EndLine(endColumns: true);
        OpenScope(isIndented: true);
        PrintDeclarations(file.Declarations, isFile: true);
        PrintCommentsFrom(file, 0);
    }

    private void PrintDeclarations(IReadOnlyList<Declaration> declarations, bool isFile = false)
    {
        for (var i = 0; i < declarations.Count; i++)
        {
            var declaration = declarations[i];
            if (i > 0 && _inline == Inline.First)
                _inline = Inline.None;
            if (i > 0)
                SeparateDeclarations(declarations[i - 1], declaration, HasComments(declarations, i));
            PrintDeclaration(declaration);
            var isPreamble = declaration is PackageClause || declaration is ImportDeclaration { Specs.Count: > 0 };
            var isBeforeComment = i + 1 < declarations.Count && declarations[i + 1] is CommentGroup && declaration is ImportDeclaration;
            if (isFile && isPreamble && !_afterComment && !isBeforeComment)
                Ask(Gap.Section);
        }
    }

    /// <summary>Whether a declaration has comments; the ones that follow it count too.</summary>
    private static bool HasComments(IReadOnlyList<Declaration> declarations, int index) =>
        declarations[index].Comments.Count > 0 || (index + 1 < declarations.Count && declarations[index + 1] is CommentGroup);

    private void SeparateDeclarations(Declaration previous, Declaration next, bool hasComments)
    {
        var start = StartWithComments(next);
        if (start.Spacing is Spacing.Blank or Spacing.NoSpace && !_afterComment && _pending != Gap.Section)
        {
            Write(",");
            Ask(Gap.Blank);
            return;
        }

        Break(start.Spacing == Spacing.NewSection ? Gap.Section : Gap.Line);
        if (next is CommentGroup)
        {
            // A comment right below one that trails would become a part of it.
            Ask(_afterComment && previous is not CommentGroup ? Gap.Section : Gap.LineEndingColumns);
            return;
        }

        if (previous is CommentGroup)
        {
            Ask(Gap.LineEndingColumns);
            return;
        }

        if (NestingDepth(previous) != NestingDepth(next) || next is Field { Value: StructLiteral { HasBraces: true } or ListLiteral })
            Ask(Gap.LineEndingColumns);
        if (hasComments && previous is not Field { Label: not Identifier { IsDefinition: true } })
            Ask(Gap.Section);
    }

    /// <summary>Where a node begins, its comments included.</summary>
    private static Position StartWithComments(SyntaxNode node)
    {
        foreach (var group in node.Comments)
        {
            if (group.Slot == 0 && !group.IsTrailing)
                return group.Start;
        }

        return node.Start;
    }

    /// <summary>How many labels a chain has; 0 for what is no field or has several.</summary>
    private static int NestingDepth(Declaration declaration)
    {
        var depth = 0;
        while (declaration is Field field)
        {
            depth++;
            if (field.Value is not StructLiteral literal)
                return depth;
            if (literal.Declarations.Count != 1)
                return 0;
            declaration = literal.Declarations[0];
        }

        return depth;
    }

    /// <summary>Whether a value stands right behind its label and ends the column of values.</summary>
    private static bool EndsColumns(Expression value)
    {
        while (true)
        {
            switch (value)
            {
                case StructLiteral literal:
                    return literal.HasBraces;
                case ListLiteral:
                    return true;
                case BasicLiteral basic:
                    return basic.Text.IndexOf('\n') >= 0;
                case UnaryExpression unary:
                    value = unary.Operand;
                    break;
                case BinaryExpression binary:
                    if (EndsColumns(binary.Right))
                        return true;
                    value = binary.Left;
                    break;
                case ParenthesizedExpression parenthesized:
                    value = parenthesized.Expression;
                    break;
                case SelectorExpression selector:
                    value = selector.Operand;
                    break;
                case IndexExpression index:
                    value = index.Operand;
                    break;
                case CallExpression call:
                    foreach (var argument in call.Arguments)
                    {
                        if (EndsColumns(argument))
                            return true;
                    }

                    value = call.Function;
                    break;
                default:
                    return false;
            }
        }
    }

    private void PrintDeclaration(Declaration declaration)
    {
        if (declaration is CommentGroup group)
        {
            PrintLines(group);
            return;
        }

        PrintLeadingComments(declaration);
        var outer = OpenScope(isIndented: true);
        switch (declaration)
        {
            case Field field:
                PrintField(field);
                break;
            case Embedding embedding:
                PrintExpression(embedding.Expression);
                break;
            case LetDeclaration let:
                PrintClause(let.Clause);
                break;
            case ComprehensionDeclaration comprehension:
                PrintExpression(comprehension.Comprehension);
                break;
            case EllipsisDeclaration ellipsis:
                PrintExpression(ellipsis.Ellipsis);
                break;
            case AttributeDeclaration attribute:
                Write(attribute.Attribute.Text);
                break;
            case PackageClause package:
                Write("package");
                Ask(Gap.Blank);
                Write(package.Name.Name);
                break;
            case ImportDeclaration import:
                PrintImport(import);
                break;
        }

        CloseScope(outer);
        PrintCommentsFrom(declaration, declaration is Field closed ? SlotBeforeColon(closed) + 2 : 1);
        PrintTrailingComments(declaration);
    }

    private void PrintImport(ImportDeclaration import)
    {
        Write("import");
        Ask(Gap.Blank);
        if (!import.HasParentheses)
        {
            PrintImportSpec(import.Specs[0]);
            return;
        }

        Write("(");
        _indentation++;
        for (var i = 0; i < import.Specs.Count; i++)
        {
            var gap = BreakBefore(StartWithComments(import.Specs[i]));
            Ask(gap == Gap.None && i > 0 ? Gap.Line : gap);
            PrintImportSpec(import.Specs[i]);
        }

        _indentation--;
        if (import.Specs.Count > 0)
            Ask(BreakBefore(import.RightParenthesis) == Gap.None ? Gap.None : Gap.Line);
        Write(")");
    }

    private void PrintImportSpec(ImportSpec spec)
    {
        PrintLeadingComments(spec);
        if (spec.Name is { } name)
        {
            Write(name.Name);
            Ask(Gap.Blank);
        }

        PrintLiteral(spec.Path);
        PrintCommentsFrom(spec, 1);
        PrintTrailingComments(spec);
    }

    private void PrintField(Field field)
    {
        if (field.Alias is { } alias)
        {
            Write(alias.Name.Name);
            Ask(BlankBefore(alias.EqualSign));
            Write("=");
            Ask(field.Label.Start.Spacing == Spacing.Blank ? Gap.Blank : BreakBefore(field.Label.Start));
        }

        PrintLabel(field.Label);
        if (field.PostfixAlias is { } postfix)
            PrintPostfixAlias(postfix);
        if (field.Constraint != FieldConstraint.None)
            Write(field.Constraint == FieldConstraint.Optional ? "?" : "!");
        var slot = SlotBeforeColon(field);
        PrintCommentsAt(field, slot);
        Write(":");
        var isChain = field.Value is StructLiteral { HasBraces: false };
        if (!isChain)
            PrintCommentsAt(field, slot + 1);
        PrintFieldValue(field);
        if (isChain)
            PrintCommentsAt(field, slot + 1);
        var gap = EndsColumns(field.Value) ? Gap.Blank : Gap.Column;
        foreach (var attribute in field.Attributes)
        {
            Ask(gap);
            gap = Gap.Blank;
            Write(attribute.Text);
        }
    }

    /// <summary>How many tokens and nodes stand before the colon.</summary>
    private static int SlotBeforeColon(Field field) =>
        1 + (field.Alias is null ? 0 : 2) + (field.Constraint == FieldConstraint.None ? 0 : 1);

    private void PrintFieldValue(Field field)
    {
        // Brackets on a line of their own are not indented.
        var outer = OpenScope(isIndented: field.Value is ListLiteral or StructLiteral { HasBraces: true });
        var outerLayout = _inline;
        var isInline = _inline != Inline.None;
        if (field.Value is StructLiteral { HasBraces: false, Declarations: [Field inner] })
        {
            if (inner.Attributes.Count > 0 || HasLeadingComments(inner))
            {
                Ask(Gap.Blank);
                PrintChainWithBraces(inner);
            }
            else
            {
                Separate(StartWithComments(inner), Gap.Blank);
                PrintDeclaration(inner);
            }
        }
        else
        {
            Separate(StartWithComments(field.Value), isInline || EndsColumns(field.Value) ? Gap.Blank : Gap.Column);
            PrintExpression(field.Value);
        }

        CloseScope(outer);
        _inline = outerLayout;
    }

    /// <summary>An attribute within a chain would seem to belong to the whole field.</summary>
    private void PrintChainWithBraces(Field inner)
    {
        Write("{");
        _indentation++;
        Ask(Gap.LineEndingColumns);
        PrintDeclaration(inner);
        _indentation--;
        Ask(Gap.LineEndingColumns);
        Write("}");
    }

    private void PrintPostfixAlias(PostfixAlias alias)
    {
        if (alias.LabelName is { } label)
            Write("~(" + label.Name + "," + alias.FieldName?.Name + ")");
        else
            Write("~(" + alias.FieldName?.Name + ")");
    }

    private void PrintLabel(Expression label)
    {
        switch (label)
        {
            case BasicLiteral { Kind: TokenKind.String } literal when (literal.Text[0] == '#' || literal.Text.IndexOf('\n') >= 0)
                && Literals.TryUnquote(literal.Text, out var value, out _):
                Write(value.IsBytes ? Literals.QuoteBytes(value.Bytes) : Literals.Quote(value.Text));
                break;
            case PatternLabel pattern:
                PrintLeadingComments(pattern);
                Write("[");
                PrintExpression(pattern.Pattern);
                Write("]");
                break;
            default:
                PrintExpression(label);
                break;
        }
    }
}
