using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <content>Evaluated values. What could not be evaluated yet is shown as the expression that it is.</content>
internal sealed partial class SyntaxExporter
{
    /// <param name="vertex">The vertex, or the one that the value belongs to.</param>
    /// <param name="value">The value, when it is not the vertex's own.</param>
    private Expression Evaluated(Vertex? vertex, Value? value)
    {
        Enter();
        var result = value is Vertex inner ? Evaluated(inner, null) : EvaluatedCore(vertex, value);
        Leave();
        return result;
    }

    private Expression EvaluatedCore(Vertex? vertex, Value? value)
    {
        var resolved = vertex?.Resolve();
        value ??= resolved?.Base ?? ContainerValue.Struct;
        switch (value)
        {
            case Bottom error:
                return error.IsIncomplete && vertex is not null ? Incomplete(vertex, error) : Failed(error);
            case DisjunctionValue disjunction:
                return Disjunction(vertex, disjunction);
            case ContainerValue { Kind: CueKind.List }:
                return WithFields(resolved!, List(resolved!), isFirst: false);
            case ContainerValue:
                return Struct(resolved!);
            default:
                var scalar = Scalar(value);
                return resolved is null || ReferenceEquals(resolved.Base, value) is false ? scalar : WithFields(resolved, scalar, isFirst: true);
        }
    }

    private Expression Scalar(Value value)
    {
        switch (value)
        {
            case Constant constant:
                return SyntaxBuilder.Constant(constant);
            case TypeValue type:
                return Type(type.Kind);
            case BoundValue bound:
                return SyntaxBuilder.Unary(bound.Operator, bound.Operand is Vertex operand ? Evaluated(operand, null) : Scalar(bound.Operand));
            case ValidatorValue validator:
                return Validator(validator);
            case FunctionValue function:
                return Function(function.Builtin);
            case ConjunctionValue conjunction:
                return SyntaxBuilder.All([.. ConstraintNames.Fold(conjunction.Kind, conjunction.Values).Select(each => each is NamedValue named ? SyntaxBuilder.Name(named.Name) : Scalar(each))]);
            case ClosedValue closed:
                return Evaluated(closed.Source, null);
            default:
                return Evaluated(null, value);
        }
    }

    private static Expression Type(CueKind kind)
    {
        if ((kind | CueKind.Func) == CueKind.Top)
            return SyntaxBuilder.Name("_");
        var parts = new List<Expression>();
        foreach (var name in kind.Text().Trim('(', ')').Split('|'))
            parts.Add(name switch { "struct" => SyntaxBuilder.Struct([new EllipsisDeclaration(new Ellipsis(default, null))]), "list" => new ListLiteral([new Ellipsis(default, null)]), _ => SyntaxBuilder.Name(name) });
        return SyntaxBuilder.Any(parts);
    }

    private Expression Function(Builtin builtin) => builtin.Package.Length == 0
        ? SyntaxBuilder.Name(builtin.Name)
        : new SelectorExpression(Import(builtin.Package), SyntaxBuilder.Name(builtin.Name));

    private Expression Validator(ValidatorValue validator)
    {
        var function = Function(validator.Builtin);
        return validator.Arguments.Count == 0 && validator.Builtin.Parameters.Count <= 1
            ? function
            : new CallExpression(function, [.. validator.Arguments.Select(argument => Evaluated(null, argument))]);
    }

    /// <summary>The default, or what is left to choose from.</summary>
    private Expression Disjunction(Vertex? vertex, DisjunctionValue disjunction)
    {
        var count = disjunction.DefaultCount > 0 ? disjunction.DefaultCount : disjunction.Values.Count;
        return SyntaxBuilder.Any([.. disjunction.Values.Take(count).Select(each => Evaluated(each is Vertex ? null : vertex, each))]);
    }

    private ListLiteral List(Vertex vertex)
    {
        var elements = new List<Expression>();
        foreach (var arc in vertex.Arcs)
        {
            if (arc.Label.Kind == LabelKind.Index)
                elements.Add(WrittenLiteral(arc) ?? Evaluated(arc, null));
        }

        return new ListLiteral(elements);
    }

    /// <summary>An element that is written as a literal keeps its form.</summary>
    private static Expression? WrittenLiteral(Vertex element)
    {
        if (element.Shared is not null || element.Resolve().Base is not (StringConstant or NumberConstant or BytesConstant))
            return null;
        foreach (var conjunct in element.Conjuncts)
        {
            if (conjunct.Expr.Source is BasicLiteral { Kind: TokenKind.String or TokenKind.Int or TokenKind.Float } literal && conjunct.Expr is StringExpr or NumberExpr or BytesExpr)
                return Literal(literal);
        }

        return null;
    }

    /// <summary>A scalar or a list, with the fields that are embedded beside it.</summary>
    private Expression WithFields(Vertex vertex, Expression value, bool isFirst)
    {
        var declarations = WithLets(Sources(vertex), result => AddFields(vertex, result));
        if (declarations.Count == 0)
            return value;
        declarations.Insert(isFirst ? 0 : declarations.Count, new Embedding(value));
        return SyntaxBuilder.Struct(declarations);
    }

    private StructLiteral Struct(Vertex vertex) => SyntaxBuilder.Struct(WithLets(Sources(vertex), result => AddFields(vertex, result)));

    private static List<IReadOnlyList<Declaration>> Sources(Vertex vertex)
    {
        var sources = new List<IReadOnlyList<Declaration>>();
        foreach (var leaf in vertex.State?.Leaves ?? [])
        {
            if (leaf.Expr is StructBodyExpr { Literal.Source: { } source })
                sources.Add(source is StructLiteral literal ? literal.Declarations : source is CueFile file ? file.Declarations : []);
        }

        return sources;
    }

    private void AddFields(Vertex vertex, List<Declaration> declarations)
    {
        foreach (var arc in FieldOrder.Sort(vertex))
        {
            if (arc.Label.Kind is LabelKind.Index or LabelKind.Let || arc.ArcType == ArcType.Pending)
                continue;
            if ((arc.ArcType == ArcType.Optional && !options.ShowOptional) || (arc.Label.IsHidden && !options.ShowHidden) || (arc.Label.IsDefinition && !options.ShowDefinitions))
                continue;
            declarations.Add(new Field(SyntaxBuilder.LabelOf(arc.Label), Evaluated(arc, null))
            {
                Constraint = Constraint(arc.ArcType),
                Attributes = options.ShowAttributes ? Attributes(arc) : [],
                Comments = options.ShowComments ? Documentation(arc) : [],
            });
        }
    }

    private static List<AttributeNode> Attributes(Vertex vertex)
    {
        var result = new List<AttributeNode>();
        foreach (var conjunct in vertex.Conjuncts)
        {
            if (conjunct.Field?.Source is not Field field)
                continue;
            foreach (var attribute in field.Attributes)
            {
                if (!result.Exists(other => string.Equals(other.Text, attribute.Text, StringComparison.Ordinal)))
                    result.Add(new AttributeNode(default, attribute.Text));
            }
        }

        return result;
    }

    private static List<CommentGroup> Documentation(Vertex vertex)
    {
        var result = new List<CommentGroup>();
        foreach (var conjunct in vertex.Conjuncts)
        {
            if (conjunct.Field?.Source is not Field field)
                continue;
            foreach (var group in Documentation(field))
            {
                if (!result.Exists(other => string.Equals(other.GetText(), group.GetText(), StringComparison.Ordinal)))
                    result.Add(group);
            }
        }

        return result;
    }

    /// <summary>What is not decided yet: the constraints as they are written.</summary>
    private Expression Incomplete(Vertex vertex, Bottom error)
    {
        if (vertex.Conjuncts.Count == 0)
            return Failed(error);
        return SyntaxBuilder.All(Ranked(vertex.Conjuncts.SelectMany(static conjunct => Conjuncts(conjunct.Expr))));
    }

    private static BottomLiteral Failed(Bottom error) => new(default) { Comments = [SyntaxBuilder.LineComment(ValueText.ErrorText(error))] };
}
